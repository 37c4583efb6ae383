; Inno Setup: installs for one person, asks for no administrator. Untried; see README.md.
#ifndef Version
  #error Call it from build.ps1, which knows the version
#endif

[Setup]
AppId={{6B1B5C62-61B5-4C0E-8E39-0B1B9E1C5A7F}
AppName=Rolecall
AppVersion={#Version}
AppPublisher=The Rolecall engineers
DefaultDirName={autopf}\Rolecall
DefaultGroupName=Rolecall
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesEnvironment=yes
Compression=lzma2
SolidCompression=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=Rolecall-{#Version}-setup
SetupIconFile=..\..\build\rolecall.ico
UninstallDisplayIcon={app}\rolecallw.exe

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[Tasks]
Name: "path"; Description: "Add rolecall to PATH"

[Files]
Source: "..\..\dist\rolecall\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Rolecall"; Filename: "{app}\rolecallw.exe"
Name: "{group}\Rolecall demo"; Filename: "{app}\rolecallw.exe"; Parameters: "demo"

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath

[Code]
function NotOnPath: Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') = 0;
end;
