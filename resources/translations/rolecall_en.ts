<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ApprovalDialog</name>
    <message numerus="yes">
        <source>Refused in %n s</source>
        <translation>
            <numerusform>Refused in %n s</numerusform>
            <numerusform>Refused in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message numerus="yes">
        <source>{role} ends in %n minute(s)</source>
        <translation>
            <numerusform>{role} ends in %n minute</numerusform>
            <numerusform>{role} ends in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CenterDialog</name>
    <message numerus="yes">
        <source>Add %n role(s)</source>
        <translation>
            <numerusform>Add %n role</numerusform>
            <numerusform>Add %n roles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>… and %n more left out</source>
        <translation>
            <numerusform>… and %n more left out</numerusform>
            <numerusform>… and %n more left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n role(s)</source>
        <translation>
            <numerusform>Add %n role</numerusform>
            <numerusform>Add %n roles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JournalDialog</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) or more</source>
        <translation>
            <numerusform>%n day or more</numerusform>
            <numerusform>%n days or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookingPage</name>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n role(s)</source>
        <translation>
            <numerusform>%n role</numerusform>
            <numerusform>%n roles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more, type to narrow</source>
        <translation>
            <numerusform>… and %n more, type to narrow</numerusform>
            <numerusform>… and %n more, type to narrow</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MfaDialog</name>
    <message numerus="yes">
        <source>For {role} and %n more.</source>
        <translation>
            <numerusform>For {role} and %n more.</numerusform>
            <numerusform>For {role} and %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Opens %n role(s) until {time}.</source>
        <translation>
            <numerusform>Opens %n role until {time}.</numerusform>
            <numerusform>Opens %n roles until {time}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n codes are needed, one after the other.</source>
        <translation>
            <numerusform>%n code is needed.</numerusform>
            <numerusform>%n codes are needed, one after the other.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OffersPage</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message numerus="yes">
        <source>{problem}, and %n more</source>
        <translation>
            <numerusform>{problem}, and %n more</numerusform>
            <numerusform>{problem}, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProductionPage</name>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} and %n more</numerusform>
            <numerusform>{names} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>Clipboard is cleared in %n s</source>
        <translation>
            <numerusform>Clipboard is cleared in %n s</numerusform>
            <numerusform>Clipboard is cleared in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n role(s); the arrow keys go through them</source>
        <translation>
            <numerusform>%n role; the arrow keys go through it</numerusform>
            <numerusform>%n roles; the arrow keys go through them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{role} and %n more</source>
        <translation>
            <numerusform>{role} and %n more</numerusform>
            <numerusform>{role} and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
