<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Rolecall</source>
        <translation>Rolecall 정보</translation>
    </message>
    <message>
        <source>A desktop AWS role switcher. Free software under the Apache License 2.0.</source>
        <translation>데스크톱용 AWS 역할 전환 프로그램입니다. Apache License 2.0을 따르는 자유 소프트웨어입니다.</translation>
    </message>
    <message>
        <source>Access keys lie in the keyring, or where they already are in ~/.aws.</source>
        <translation>액세스 키는 키링에 두거나 이미 있던 ~/.aws에 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Rolecall talks to AWS and to the identity providers you sign in at, and to nobody else.</source>
        <translation>Rolecall은 AWS와 로그인할 때 쓰는 ID 공급자에만 연결하고, 다른 곳에는 연결하지 않습니다.</translation>
    </message>
    <message>
        <source>Sessions are kept in a file encrypted with a key of the keyring, and without a keyring in memory only.</source>
        <translation>세션은 키링의 키로 암호화한 파일에 보관하고, 키링이 없으면 메모리에만 둡니다.</translation>
    </message>
    <message>
        <source>Sessions live in memory and end with the program.</source>
        <translation>세션은 메모리에만 있고 프로그램과 함께 끝납니다.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>데모 써 보기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Names make the right account easy to see. They stay on this computer.</source>
        <translation>이름을 붙이면 계정을 알아보기 쉽습니다. 이름은 이 컴퓨터에만 저장됩니다.</translation>
    </message>
    <message>
        <source>Account names</source>
        <translation>계정 이름</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
</context>
<context>
    <name>AddButton</name>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Add a role, or take roles over</source>
        <translation>역할을 추가하거나 가져옵니다</translation>
    </message>
    <message>
        <source>Add a role…</source>
        <translation>역할 추가…</translation>
    </message>
    <message>
        <source>Import roles…</source>
        <translation>역할 가져오기…</translation>
    </message>
    <message>
        <source>Roles of Identity Center…</source>
        <translation>Identity Center의 역할…</translation>
    </message>
    <message>
        <source>Add an access key…</source>
        <translation>액세스 키 추가…</translation>
    </message>
</context>
<context>
    <name>AddKeyDialog</name>
    <message>
        <source>Add an access key</source>
        <translation>액세스 키 추가</translation>
    </message>
    <message>
        <source>The key goes into the keyring of this computer, and nowhere else. Profiles can name it as their source_profile.</source>
        <translation>키는 이 컴퓨터의 키링에만 저장됩니다. 프로필에서 이 이름을 source_profile로 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>액세스 키 ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>보안 액세스 키</translation>
    </message>
    <message>
        <source>MFA device (optional)</source>
        <translation>MFA 디바이스(선택)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Store in the keyring</source>
        <translation>키링에 저장</translation>
    </message>
    <message>
        <source>Keys in ~/.aws</source>
        <translation>~/.aws에 있는 키</translation>
    </message>
    <message>
        <source>Move to the keyring</source>
        <translation>키링으로 옮기기</translation>
    </message>
    <message>
        <source>These profiles keep their key in ~/.aws, where every program of yours can read it. Moving takes it out of the file as soon as the keyring holds it. Other AWS tools do not find it there any more.</source>
        <translation>이 프로필들의 키는 ~/.aws에 있어 사용자의 모든 프로그램이 읽을 수 있습니다. 옮기면 키링에 저장된 다음 파일에서 지워집니다. 그 뒤로 다른 AWS 도구는 파일에서 이 키를 찾을 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>ApprovalDialog</name>
    <message>
        <source>A program asks</source>
        <translation>프로그램의 요청</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>이번만 허용</translation>
    </message>
    <message>
        <source>Until Rolecall ends</source>
        <translation>Rolecall 종료까지</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>항상 허용</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>항상 거부</translation>
    </message>
    <message>
        <source>{program} wants {role}</source>
        <translation>{program}이(가) {role}을(를) 요청합니다</translation>
    </message>
    <message>
        <source>An answer that lasts holds for this program and this role only.</source>
        <translation>지속되는 응답은 이 프로그램과 이 역할에만 적용됩니다.</translation>
    </message>
    <message>
        <source>The system does not tell which program file it is: answer for this once.</source>
        <translation>시스템이 어떤 프로그램 파일인지 알려 주지 않습니다. 이번 한 번만 응답하세요.</translation>
    </message>
    <message>
        <source>pid {pid}</source>
        <translation>pid {pid}</translation>
    </message>
    <message numerus="yes">
        <source>Refused in %n s</source>
        <translation>
            <numerusform>%n초 뒤 거부</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message numerus="yes">
        <source>{role} ends in %n minute(s)</source>
        <translation>
            <numerusform>{role} 세션이 %n분 뒤 끝납니다</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CenterDialog</name>
    <message>
        <source>Add from Identity Center</source>
        <translation>Identity Center에서 추가</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Go on looking</source>
        <translation>계속 찾기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>This is not the address of an access portal.</source>
        <translation>액세스 포털의 주소가 아닙니다.</translation>
    </message>
    <message>
        <source>Such as eu-west-1.</source>
        <translation>예: eu-west-1</translation>
    </message>
    <message>
        <source>One sign-in shows every account and permission set you may use. What you choose is added to your own roles; ~/.aws/config stays as it is.</source>
        <translation>한 번 로그인하면 사용할 수 있는 계정과 권한 세트가 모두 나옵니다. 고른 것은 내 역할에 추가되며 ~/.aws/config는 그대로 둡니다.</translation>
    </message>
    <message>
        <source>What you may use at {center}.</source>
        <translation>{center}에서 사용할 수 있는 것입니다.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message numerus="yes">
        <source>Add %n role(s)</source>
        <translation>
            <numerusform>역할 %n개 추가</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Sign in to production</source>
        <translation>운영 환경 로그인</translation>
    </message>
    <message>
        <source>Sign in to {role}?</source>
        <translation>{role}에 로그인할까요?</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>It goes into the session’s name, where CloudTrail shows it to others.</source>
        <translation>세션 이름에 들어가며, CloudTrail에서 다른 사람에게 보입니다.</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Something went wrong inside Rolecall. It goes on running.</source>
        <translation>Rolecall 안에서 문제가 생겼습니다. 프로그램은 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>The report below holds no credentials.</source>
        <translation>아래 보고서에는 자격 증명이 들어 있지 않습니다.</translation>
    </message>
</context>
<context>
    <name>DemoWindow</name>
    <message>
        <source>Demo authenticator</source>
        <translation>데모 인증기</translation>
    </message>
    <message>
        <source>This stands for the MFA device on your phone. Sign in to a role that needs a code, and type what you see here. Each code works once.</source>
        <translation>휴대폰의 MFA 디바이스를 대신하는 창입니다. 코드가 필요한 역할에 로그인할 때 여기에 보이는 코드를 입력하세요. 코드는 한 번만 쓸 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>DeviceCode</name>
    <message>
        <source>Code for the browser</source>
        <translation>브라우저에 입력할 코드</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>페이지 열기</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add an access key…</source>
        <translation>액세스 키 추가…</translation>
    </message>
    <message>
        <source>Import roles…</source>
        <translation>역할 가져오기…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>데모 써 보기</translation>
    </message>
    <message>
        <source>No role fits</source>
        <translation>맞는 역할이 없습니다</translation>
    </message>
    <message>
        <source>Fewer letters find more. Esc clears the search.</source>
        <translation>글자를 줄이면 더 많이 찾습니다. Esc를 누르면 검색어가 지워집니다.</translation>
    </message>
    <message>
        <source>No roles yet</source>
        <translation>아직 역할이 없습니다</translation>
    </message>
    <message>
        <source>Rolecall lists the roles of ~/.aws/config and ~/.aws/credentials, and finds nothing there. Add an access key, sign in with Identity Center, take the roles of another tool over, or look around in the demo: it needs no AWS account.</source>
        <translation>Rolecall은 ~/.aws/config와 ~/.aws/credentials의 역할을 보여 주는데, 아직 아무것도 없습니다. 액세스 키를 추가하거나, Identity Center로 로그인하거나, 다른 도구의 역할을 가져오거나, 데모를 둘러보세요. 데모에는 AWS 계정이 필요 없습니다.</translation>
    </message>
    <message>
        <source>Identity Center…</source>
        <translation>Identity Center…</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Role ARN</source>
        <translation>역할 ARN</translation>
    </message>
    <message>
        <source>Starts from</source>
        <translation>시작점</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>리전</translation>
    </message>
    <message>
        <source>Seconds it lives</source>
        <translation>유효 시간(초)</translation>
    </message>
    <message>
        <source>Session policy</source>
        <translation>세션 정책</translation>
    </message>
    <message>
        <source>Managed policies</source>
        <translation>관리형 정책</translation>
    </message>
    <message>
        <source>Session name</source>
        <translation>세션 이름</translation>
    </message>
    <message>
        <source>A role, from another profile</source>
        <translation>다른 프로필에서 시작하는 역할</translation>
    </message>
    <message>
        <source>AssumeRole with the key or role it starts from.</source>
        <translation>시작점의 키나 역할로 AssumeRole을 호출합니다.</translation>
    </message>
    <message>
        <source>MFA device</source>
        <translation>MFA 디바이스</translation>
    </message>
    <message>
        <source>External id</source>
        <translation>외부 ID</translation>
    </message>
    <message>
        <source>Source identity</source>
        <translation>소스 ID</translation>
    </message>
    <message>
        <source>Session tags</source>
        <translation>세션 태그</translation>
    </message>
    <message>
        <source>Tags passed on</source>
        <translation>이어지는 태그</translation>
    </message>
    <message>
        <source>A role of Identity Center</source>
        <translation>Identity Center의 역할</translation>
    </message>
    <message>
        <source>You sign in at the company&apos;s portal; AWS decides how long it lives.</source>
        <translation>회사 포털에서 로그인합니다. 유효 시간은 AWS가 정합니다.</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>포털</translation>
    </message>
    <message>
        <source>Region of the portal</source>
        <translation>포털의 리전</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Permission set</source>
        <translation>권한 세트</translation>
    </message>
    <message>
        <source>A role by SAML</source>
        <translation>SAML로 얻는 역할</translation>
    </message>
    <message>
        <source>You sign in at the company&apos;s identity provider; no key is needed.</source>
        <translation>회사의 ID 공급자에서 로그인합니다. 키가 필요 없습니다.</translation>
    </message>
    <message>
        <source>Sign-in page</source>
        <translation>로그인 페이지</translation>
    </message>
    <message>
        <source>SAML provider</source>
        <translation>SAML 공급자</translation>
    </message>
    <message>
        <source>A role by OIDC</source>
        <translation>OIDC로 얻는 역할</translation>
    </message>
    <message>
        <source>You sign in at an OIDC provider; no key is needed.</source>
        <translation>OIDC 공급자에서 로그인합니다. 키가 필요 없습니다.</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>발급자</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>클라이언트 ID</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>The console, for a user&apos;s key</source>
        <translation>사용자 키로 여는 콘솔</translation>
    </message>
    <message>
        <source>GetFederationToken: opens the console of an IAM user who has no role.</source>
        <translation>GetFederationToken: 역할이 없는 IAM 사용자의 콘솔을 엽니다.</translation>
    </message>
    <message>
        <source>User&apos;s name</source>
        <translation>사용자 이름</translation>
    </message>
    <message>
        <source>It may do</source>
        <translation>허용 범위</translation>
    </message>
    <message>
        <source>One task as root of an account</source>
        <translation>계정 루트로 하는 한 가지 작업</translation>
    </message>
    <message>
        <source>AssumeRoot: fifteen minutes, from the organisation&apos;s management account.</source>
        <translation>AssumeRoot: 조직의 관리 계정에서 15분 동안 씁니다.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Look at root&apos;s credentials</source>
        <translation>루트의 자격 증명 살펴보기</translation>
    </message>
    <message>
        <source>Let root have a password again</source>
        <translation>루트가 다시 암호를 갖게 하기</translation>
    </message>
    <message>
        <source>Delete root&apos;s credentials</source>
        <translation>루트의 자격 증명 삭제</translation>
    </message>
    <message>
        <source>Unlock an S3 bucket</source>
        <translation>S3 버킷 잠금 풀기</translation>
    </message>
    <message>
        <source>Unlock an SQS queue</source>
        <translation>SQS 대기열 잠금 풀기</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>이름을 입력하세요.</translation>
    </message>
    <message>
        <source>No blank at the ends, no hyphen first, nothing invisible.</source>
        <translation>양 끝 공백, 맨 앞 하이픈, 보이지 않는 문자는 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>This name is taken.</source>
        <translation>이미 쓰는 이름입니다.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>필수 항목입니다.</translation>
    </message>
    <message>
        <source>Nothing here has this name.</source>
        <translation>이 이름의 항목이 없습니다.</translation>
    </message>
    <message>
        <source>A number from 900 to 129600.</source>
        <translation>900에서 129600 사이의 숫자입니다.</translation>
    </message>
    <message>
        <source>An account is twelve digits.</source>
        <translation>계정은 열두 자리 숫자입니다.</translation>
    </message>
    <message>
        <source>A region looks like eu-central-1.</source>
        <translation>리전은 eu-central-1과 같은 형식입니다.</translation>
    </message>
    <message>
        <source>An address begins with https://.</source>
        <translation>주소는 https://로 시작합니다.</translation>
    </message>
    <message>
        <source>Registered port</source>
        <translation>등록한 포트</translation>
    </message>
    <message>
        <source>Registered host</source>
        <translation>등록한 호스트</translation>
    </message>
    <message>
        <source>A Cognito identity pool</source>
        <translation>Cognito 자격 증명 풀</translation>
    </message>
    <message>
        <source>The pool chooses the role. Without issuer and client id you are its guest.</source>
        <translation>풀이 역할을 고릅니다. 발급자와 클라이언트 ID가 없으면 게스트입니다.</translation>
    </message>
    <message>
        <source>Identity pool</source>
        <translation>자격 증명 풀</translation>
    </message>
    <message>
        <source>Role of those it offers</source>
        <translation>풀이 제공하는 역할</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>흐름</translation>
    </message>
    <message>
        <source>Provider&apos;s name there</source>
        <translation>풀에서의 공급자 이름</translation>
    </message>
    <message>
        <source>A role by Google, Amazon or Facebook</source>
        <translation>Google, Amazon, Facebook 로그인으로 맡는 역할</translation>
    </message>
    <message>
        <source>You sign in there; AWS knows the three by itself.</source>
        <translation>그곳에서 로그인합니다. AWS는 이 셋을 이미 알고 있습니다.</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>공급자</translation>
    </message>
    <message>
        <source>A role by a token in a file</source>
        <translation>파일의 토큰으로 맡는 역할</translation>
    </message>
    <message>
        <source>The file is read at each call; whoever writes it renews it.</source>
        <translation>호출할 때마다 파일을 읽습니다. 파일을 쓰는 프로그램이 갱신합니다.</translation>
    </message>
    <message>
        <source>Token file</source>
        <translation>토큰 파일</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>It names an account by an alias. Write its twelve digits.</source>
        <translation>계정이 별칭으로 적혀 있습니다. 열두 자리 숫자로 쓰세요.</translation>
    </message>
    <message>
        <source>Its include_profile leads back to itself.</source>
        <translation>include_profile이 자기 자신으로 되돌아옵니다.</translation>
    </message>
    <message>
        <source>It runs a program for its credentials. Add it by hand if you trust that line.</source>
        <translation>자격 증명을 얻으려고 프로그램을 실행합니다. 그 줄을 신뢰한다면 직접 추가하세요.</translation>
    </message>
    <message>
        <source>A program gives its token, and Rolecall starts none for that. Have it write the token into a file, and name that as web_identity_token_file.</source>
        <translation>프로그램이 토큰을 내놓는데, Rolecall은 그런 프로그램을 실행하지 않습니다. 토큰을 파일에 쓰게 하고 그 파일을 web_identity_token_file에 적으세요.</translation>
    </message>
    <message>
        <source>It is of another cloud.</source>
        <translation>다른 클라우드의 항목입니다.</translation>
    </message>
    <message>
        <source>It needs an account of twelve digits and a role; it says “{account}”.</source>
        <translation>열두 자리 계정과 역할이 필요합니다. 적힌 값은 “{account}”입니다.</translation>
    </message>
    <message>
        <source>It names no roles. Sign in with Identity Center, which lists them.</source>
        <translation>적힌 역할이 없습니다. Identity Center로 로그인하면 역할 목록이 나옵니다.</translation>
    </message>
    <message>
        <source>Its Identity Center portal is not in the file.</source>
        <translation>해당하는 Identity Center 포털이 파일에 없습니다.</translation>
    </message>
    <message>
        <source>It has no name.</source>
        <translation>이름이 없습니다.</translation>
    </message>
    <message>
        <source>Two have this name. Rename one of them there.</source>
        <translation>이름이 같은 항목이 둘입니다. 그 도구에서 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>The name is taken here. A prefix makes a new one.</source>
        <translation>여기서 이미 쓰는 이름입니다. 접두사를 붙이면 새 이름이 됩니다.</translation>
    </message>
    <message>
        <source>Nothing here is called “{source}”. Say which profile it starts from.</source>
        <translation>“{source}”(이)라는 프로필이 없습니다. 어느 프로필에서 시작하는지 정하세요.</translation>
    </message>
    <message>
        <source>It does not say which profile it starts from. Say which one that is.</source>
        <translation>어느 프로필에서 시작하는지 적혀 있지 않습니다. 어느 프로필인지 정하세요.</translation>
    </message>
    <message>
        <source>~/.aws/config has no section [sso-session {session}]. Add it, then import again.</source>
        <translation>~/.aws/config에 [sso-session {session}] 섹션이 없습니다. 추가한 뒤 다시 가져오세요.</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import roles</source>
        <translation>역할 가져오기</translation>
    </message>
    <message>
        <source>Roles of another tool become roles of your own. Its keys and secrets stay where they are.</source>
        <translation>다른 도구의 역할을 내 역할로 가져옵니다. 키와 비밀 값은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>접두사</translation>
    </message>
    <message>
        <source>what each role names</source>
        <translation>각 역할에 적힌 대로</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Roles that will be added</source>
        <translation>추가될 역할</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>The file the other tool wrote</source>
        <translation>다른 도구가 쓴 파일</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more left out</source>
        <translation>
            <numerusform>… 외 %n개 제외</numerusform>
        </translation>
    </message>
    <message>
        <source>The access key {name} stays there: add it in Rolecall as “{name}”.</source>
        <translation>액세스 키 {name}은(는) 그대로 둡니다. Rolecall에서 “{name}”(으)로 추가하세요.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n role(s)</source>
        <translation>
            <numerusform>역할 %n개 추가</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>ended</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>served</source>
        <translation>제공됨</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>내가 거부함</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>sign-in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>credentials</source>
        <translation>자격 증명</translation>
    </message>
    <message>
        <source>renewal</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>Rolecall</source>
        <translation>Rolecall</translation>
    </message>
    <message>
        <source>you</source>
        <translation>나</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>요청자</translation>
    </message>
    <message>
        <source>What</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>분</translation>
    </message>
    <message>
        <source>its program is not accepted</source>
        <translation>프로그램 실행을 허용하지 않음</translation>
    </message>
    <message>
        <source>the sign-in is over</source>
        <translation>로그인이 만료됨</translation>
    </message>
    <message>
        <source>a user’s own key is needed</source>
        <translation>사용자 자신의 키가 필요함</translation>
    </message>
    <message>
        <source>AWS does not allow this length</source>
        <translation>AWS가 허용하지 않는 기간</translation>
    </message>
    <message>
        <source>AWS did not take the session policy</source>
        <translation>AWS가 세션 정책을 받지 않음</translation>
    </message>
    <message>
        <source>the console could not be opened</source>
        <translation>콘솔을 열지 못함</translation>
    </message>
    <message>
        <source>the browser did not come back</source>
        <translation>브라우저가 돌아오지 않음</translation>
    </message>
    <message>
        <source>the token was not accepted</source>
        <translation>토큰을 받아들이지 않음</translation>
    </message>
    <message>
        <source>the sign-in was declined</source>
        <translation>로그인이 거절됨</translation>
    </message>
    <message>
        <source>the sign-in failed</source>
        <translation>로그인하지 못함</translation>
    </message>
    <message>
        <source>the identity provider was not reached</source>
        <translation>ID 공급자에 연결하지 못함</translation>
    </message>
    <message>
        <source>the identity pool refused it</source>
        <translation>자격 증명 풀이 거부함</translation>
    </message>
    <message>
        <source>its program gave no credentials</source>
        <translation>프로그램이 자격 증명을 주지 않음</translation>
    </message>
    <message>
        <source>no credentials where it starts</source>
        <translation>시작점에 자격 증명이 없음</translation>
    </message>
    <message>
        <source>“aws login” is needed</source>
        <translation>“aws login”이 필요함</translation>
    </message>
    <message>
        <source>the keyring could not be used</source>
        <translation>키링을 쓸 수 없음</translation>
    </message>
    <message>
        <source>the profile has a fault</source>
        <translation>프로필에 문제가 있음</translation>
    </message>
    <message>
        <source>AWS was not reached</source>
        <translation>AWS에 연결하지 못함</translation>
    </message>
    <message>
        <source>by AWS</source>
        <translation>AWS가 거부</translation>
    </message>
    <message>
        <source>nobody answered</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>AWS could not serve</source>
        <translation>AWS가 처리하지 못함</translation>
    </message>
    <message>
        <source>the program went away</source>
        <translation>프로그램이 먼저 끝남</translation>
    </message>
    <message>
        <source>it has a policy of its own</source>
        <translation>자체 정책이 있음</translation>
    </message>
    <message>
        <source>the clock is wrong</source>
        <translation>시계가 맞지 않음</translation>
    </message>
    <message>
        <source>the connection was closed</source>
        <translation>연결이 끊김</translation>
    </message>
    <message>
        <source>something went wrong inside Rolecall</source>
        <translation>Rolecall 내부 문제</translation>
    </message>
    <message>
        <source>forgotten meanwhile</source>
        <translation>도중에 세션을 지움</translation>
    </message>
    <message>
        <source>an answer nobody understands</source>
        <translation>이해할 수 없는 응답</translation>
    </message>
    <message>
        <source>AWS does not know the access key</source>
        <translation>AWS가 모르는 액세스 키</translation>
    </message>
    <message>
        <source>Rolecall was locked</source>
        <translation>Rolecall이 잠겨 있었음</translation>
    </message>
    <message>
        <source>a code is six digits</source>
        <translation>코드는 여섯 자리 숫자임</translation>
    </message>
    <message>
        <source>the code was wrong or already used</source>
        <translation>틀렸거나 이미 쓴 코드</translation>
    </message>
    <message>
        <source>the code was already used</source>
        <translation>이미 쓴 코드</translation>
    </message>
    <message>
        <source>the code is of another MFA device</source>
        <translation>다른 MFA 디바이스의 코드</translation>
    </message>
    <message>
        <source>no browser could be started</source>
        <translation>브라우저를 시작하지 못함</translation>
    </message>
    <message>
        <source>a region is needed</source>
        <translation>리전이 필요함</translation>
    </message>
    <message>
        <source>there is no such role</source>
        <translation>없는 역할</translation>
    </message>
    <message>
        <source>nobody was there to give the code</source>
        <translation>코드를 입력할 사람이 없음</translation>
    </message>
    <message>
        <source>nobody was there to sign in</source>
        <translation>로그인할 사람이 없음</translation>
    </message>
    <message>
        <source>AWS does not allow this call</source>
        <translation>AWS가 허용하지 않는 호출</translation>
    </message>
    <message>
        <source>Identity Center does not allow it</source>
        <translation>Identity Center가 허용하지 않음</translation>
    </message>
    <message>
        <source>the format cannot hold it</source>
        <translation>이 형식에 담을 수 없음</translation>
    </message>
    <message>
        <source>it cannot be narrowed</source>
        <translation>권한을 줄일 수 없음</translation>
    </message>
    <message>
        <source>the proxy did not let it through</source>
        <translation>프록시가 통과시키지 않음</translation>
    </message>
    <message>
        <source>STS is switched off in this region</source>
        <translation>이 리전의 STS가 꺼져 있음</translation>
    </message>
    <message>
        <source>root assumes no roles</source>
        <translation>루트는 역할을 수임할 수 없음</translation>
    </message>
    <message>
        <source>the sign-in was not finished</source>
        <translation>로그인을 마치지 않음</translation>
    </message>
    <message>
        <source>the secret access key is wrong</source>
        <translation>보안 액세스 키가 맞지 않음</translation>
    </message>
    <message>
        <source>AWS asked for fewer calls</source>
        <translation>AWS가 호출을 줄여 달라고 함</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>제시간에 응답이 없음</translation>
    </message>
    <message>
        <source>the other side could not prove who it is</source>
        <translation>상대를 확인할 수 없음</translation>
    </message>
    <message>
        <source>an error Rolecall does not know</source>
        <translation>Rolecall이 모르는 오류</translation>
    </message>
    <message>
        <source>AWS did not take a value</source>
        <translation>AWS가 받지 않는 값</translation>
    </message>
    <message>
        <source>an AWS file cannot be read</source>
        <translation>AWS 파일을 읽을 수 없음</translation>
    </message>
    <message>
        <source>its program gave no code</source>
        <translation>프로그램이 코드를 주지 않음</translation>
    </message>
    <message>
        <source>the SAML response was not accepted</source>
        <translation>SAML 응답을 받아들이지 않음</translation>
    </message>
</context>
<context>
    <name>JournalDialog</name>
    <message>
        <source>Journal</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Search the journal</source>
        <translation>기록 검색</translation>
    </message>
    <message>
        <source>Role, program, outcome …</source>
        <translation>역할, 프로그램, 결과 …</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>이후</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>주</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV로 내보내기…</translation>
    </message>
    <message>
        <source>Export JSON…</source>
        <translation>JSON으로 내보내기…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>기록 내보내기</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Give the key a name, such as your user&apos;s.</source>
        <translation>키의 이름을 입력하세요. 예: 사용자 이름</translation>
    </message>
    <message>
        <source>A name has no spaces: letters, digits and + = , . @ _ - only.</source>
        <translation>이름에는 공백 없이 문자, 숫자, + = , . @ _ -만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>A role has this name already: choose another one.</source>
        <translation>같은 이름의 역할이 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>This profile has a key in ~/.aws already: move that one instead.</source>
        <translation>이 프로필의 키가 이미 ~/.aws에 있습니다. 그 키를 옮기세요.</translation>
    </message>
    <message>
        <source>The access key ID is missing. It begins with AKIA.</source>
        <translation>액세스 키 ID가 없습니다. AKIA로 시작합니다.</translation>
    </message>
    <message>
        <source>An ID that begins with ASIA is of a temporary key. Enter the user&apos;s own: AKIA…</source>
        <translation>ASIA로 시작하는 ID는 임시 키입니다. 사용자의 키(AKIA…)를 입력하세요.</translation>
    </message>
    <message>
        <source>This is the ID of a user or role, not of an access key: AKIA…</source>
        <translation>사용자나 역할의 ID입니다. 액세스 키 ID는 AKIA…입니다.</translation>
    </message>
    <message>
        <source>An access key ID has 16 or more capital letters and digits.</source>
        <translation>액세스 키 ID는 16자 이상의 대문자와 숫자입니다.</translation>
    </message>
    <message>
        <source>The secret access key is missing.</source>
        <translation>보안 액세스 키가 없습니다.</translation>
    </message>
    <message>
        <source>A secret access key has 40 characters; this has {number}.</source>
        <translation>보안 액세스 키는 40자인데 입력한 값은 {number}자입니다.</translation>
    </message>
    <message>
        <source>A secret access key has letters, digits, / and + only.</source>
        <translation>보안 액세스 키에는 영문자, 숫자, /, +만 들어갑니다.</translation>
    </message>
    <message>
        <source>This is the ARN of the user; the device&apos;s has :mfa/ in it.</source>
        <translation>사용자의 ARN입니다. 디바이스의 ARN에는 :mfa/가 들어 있습니다.</translation>
    </message>
    <message>
        <source>Write it as arn:aws:iam::ACCOUNT:mfa/NAME, or a device&apos;s serial number.</source>
        <translation>arn:aws:iam::ACCOUNT:mfa/NAME 형식이나 디바이스 일련번호로 입력하세요.</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Access keys</source>
        <translation>액세스 키</translation>
    </message>
    <message>
        <source>Add or move a key…</source>
        <translation>키 추가 또는 옮기기…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>제거…</translation>
    </message>
    <message>
        <source>Remove this key</source>
        <translation>키 제거</translation>
    </message>
    <message>
        <source>Remove the access key of {name} from the keyring?</source>
        <translation>키링에서 {name}의 액세스 키를 제거할까요?</translation>
    </message>
    <message>
        <source>AWS never shows a secret key again: without a copy you need a new one.</source>
        <translation>AWS는 보안 키를 다시 보여 주지 않습니다. 사본이 없으면 새 키를 만들어야 합니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>사용 기간</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>마지막 사용</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>MFA devices</source>
        <translation>MFA 디바이스</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>디바이스</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>사용자 키</translation>
    </message>
    <message>
        <source>Codes come from</source>
        <translation>코드 출처</translation>
    </message>
    <message>
        <source>Rotate…</source>
        <translation>교체…</translation>
    </message>
    <message>
        <source>Set up a device…</source>
        <translation>디바이스 설정…</translation>
    </message>
    <message>
        <source>Keep a seed…</source>
        <translation>시드 보관…</translation>
    </message>
    <message>
        <source>Forget the seed</source>
        <translation>시드 지우기</translation>
    </message>
    <message>
        <source>MFA devices of their users.</source>
        <translation>이 키 사용자의 MFA 디바이스입니다.</translation>
    </message>
    <message>
        <source>Your long-lived access keys, in the keyring and in ~/.aws.</source>
        <translation>키링과 ~/.aws에 있는 장기 액세스 키입니다.</translation>
    </message>
    <message>
        <source>There is no access key, neither in the keyring nor in ~/.aws.</source>
        <translation>키링에도 ~/.aws에도 액세스 키가 없습니다.</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>키링</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n일</numerusform>
        </translation>
    </message>
    <message>
        <source>today or earlier</source>
        <translation>오늘 또는 그 이전</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) or more</source>
        <translation>
            <numerusform>%n일 이상</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>the keyring</source>
        <translation>키링</translation>
    </message>
    <message>
        <source>you</source>
        <translation>직접 입력</translation>
    </message>
    <message>
        <source>Rotate this key</source>
        <translation>키 교체</translation>
    </message>
    <message>
        <source>Replace the access key of {name} by a new one?</source>
        <translation>{name}의 액세스 키를 새 키로 교체할까요?</translation>
    </message>
    <message>
        <source>The new key is stored and tried before it takes the old one’s place. The old one is switched off and deleted a day later, when you rotate again. Other computers that use the old key need the new one.</source>
        <translation>새 키는 보관하고 시험한 뒤에 이전 키를 대신합니다. 이전 키는 꺼 두었다가 하루 뒤 다시 교체할 때 삭제합니다. 이전 키를 쓰는 다른 컴퓨터에는 새 키가 필요합니다.</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>교체</translation>
    </message>
    <message>
        <source>being rotated…</source>
        <translation>교체 중…</translation>
    </message>
    <message>
        <source>{name} has its new key, and the old one is deleted.</source>
        <translation>{name}의 키를 새 키로 바꾸고 이전 키를 삭제했습니다.</translation>
    </message>
    <message>
        <source>{name} has its new key. The old one is switched off; rotate once more after a day to delete it. Until then IAM can switch it on again.</source>
        <translation>{name}의 키를 새 키로 바꾸었습니다. 이전 키는 꺼 두었으니 하루 뒤 다시 교체하면 삭제됩니다. 그때까지는 IAM에서 다시 켤 수 있습니다.</translation>
    </message>
    <message>
        <source>A new key of an earlier try, which nobody had stored, was deleted.</source>
        <translation>앞선 시도에서 보관되지 않은 새 키를 삭제했습니다.</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>프로그램</translation>
    </message>
</context>
<context>
    <name>LineDialog</name>
    <message>
        <source>Run a program</source>
        <translation>프로그램 실행</translation>
    </message>
    <message>
        <source>The exact line</source>
        <translation>정확한 줄</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Run it from now on</source>
        <translation>앞으로 실행 허용</translation>
    </message>
    <message>
        <source>{profile} wants to run a program</source>
        <translation>{profile}이(가) 프로그램을 실행하려고 합니다</translation>
    </message>
    <message>
        <source>{profile} wants to run a program for its codes</source>
        <translation>{profile}이(가) 코드를 얻으려고 프로그램을 실행하려고 합니다</translation>
    </message>
    <message>
        <source>It comes from the line {key} of your AWS files and runs as you, without a shell. Accept it if you or your company wrote it. A line that changes is shown again.</source>
        <translation>AWS 파일의 {key} 줄에서 온 것이며, 셸 없이 사용자 권한으로 실행됩니다. 직접 또는 회사에서 쓴 줄이면 허용하세요. 줄이 바뀌면 다시 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>LookingPage</name>
    <message>
        <source>Use a code on another device instead</source>
        <translation>다른 기기에서 코드로 로그인</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n분 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Finish signing in in your browser; this window goes on by itself.</source>
        <translation>브라우저에서 로그인을 마치세요. 이 창은 저절로 이어집니다.</translation>
    </message>
    <message>
        <source>Open this address on any device and compare or type the code:</source>
        <translation>아무 기기에서나 이 주소를 열고 코드를 비교하거나 입력하세요:</translation>
    </message>
    <message>
        <source>Looking through the accounts: {done} of {total}</source>
        <translation>계정을 살펴보는 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
    <message>
        <source>AWS wants to be asked less often; it goes on by itself.</source>
        <translation>AWS가 요청을 줄여 달라고 합니다. 저절로 이어집니다.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Search roles</source>
        <translation>역할 검색</translation>
    </message>
    <message>
        <source>Name this account</source>
        <translation>계정 이름 붙이기</translation>
    </message>
    <message>
        <source>Name of account {account}:</source>
        <translation>계정 {account}의 이름:</translation>
    </message>
    <message>
        <source>{fitting} of {total}</source>
        <translation>{total}개 중 {fitting}개</translation>
    </message>
    <message numerus="yes">
        <source>%n role(s)</source>
        <translation>
            <numerusform>역할 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more, type to narrow</source>
        <translation>
            <numerusform>… 외 %n개. 더 입력하면 좁혀집니다</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MfaDialog</name>
    <message>
        <source>MFA code</source>
        <translation>MFA 코드</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Code for {device}</source>
        <translation>{device}의 코드</translation>
    </message>
    <message>
        <source>asked by {program}</source>
        <translation>{program}의 요청</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>로그인하는 중…</translation>
    </message>
    <message>
        <source>For {role}.</source>
        <translation>{role}에 씁니다.</translation>
    </message>
    <message numerus="yes">
        <source>For {role} and %n more.</source>
        <translation>
            <numerusform>{role} 외 %n개에 씁니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Opens %n role(s) until {time}.</source>
        <translation>
            <numerusform>{time}까지 역할 %n개를 열 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n codes are needed, one after the other.</source>
        <translation>
            <numerusform>코드가 차례로 %n개 필요합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Next code in {seconds} s</source>
        <translation>다음 코드까지 {seconds}초</translation>
    </message>
    <message>
        <source>The next code is there: type it now.</source>
        <translation>다음 코드가 나왔습니다. 지금 입력하세요.</translation>
    </message>
    <message>
        <source>MFA device</source>
        <translation>MFA 디바이스</translation>
    </message>
    <message>
        <source>See the program…</source>
        <translation>프로그램 보기…</translation>
    </message>
</context>
<context>
    <name>NarrowMenu</name>
    <message>
        <source>With fewer rights</source>
        <translation>권한을 줄여서</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>콘솔 열기</translation>
    </message>
    <message>
        <source>Copy credentials</source>
        <translation>자격 증명 복사</translation>
    </message>
</context>
<context>
    <name>NarrowedCard</name>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Open console with fewer rights</source>
        <translation>줄인 권한으로 콘솔 열기</translation>
    </message>
    <message>
        <source>Copy credentials with fewer rights</source>
        <translation>줄인 권한의 자격 증명 복사</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Enter the code…</source>
        <translation>코드 입력…</translation>
    </message>
    <message>
        <source>{program} needs an MFA code</source>
        <translation>{program}에 MFA 코드가 필요합니다</translation>
    </message>
    <message>
        <source>For {role}</source>
        <translation>{role}에 씁니다</translation>
    </message>
    <message>
        <source>{role} ends in less than a minute</source>
        <translation>{role} 세션이 1분 안에 끝납니다</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>A clipboard manager keeps copies of what you copy</source>
        <translation>클립보드 관리자가 복사한 내용을 보관하고 있습니다</translation>
    </message>
    <message>
        <source>It ignores the mark for secrets. Remove the entry from its history.</source>
        <translation>비밀 표시를 무시하는 프로그램입니다. 그 기록에서 항목을 지우세요.</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>응답…</translation>
    </message>
    <message>
        <source>{program} wants {role}</source>
        <translation>{program}이(가) {role}을(를) 요청합니다</translation>
    </message>
    <message>
        <source>It waits for your answer.</source>
        <translation>응답을 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>로그인…</translation>
    </message>
    <message>
        <source>{program} needs you to sign in</source>
        <translation>{program}에서 로그인을 요청합니다</translation>
    </message>
    <message>
        <source>Look at it…</source>
        <translation>확인…</translation>
    </message>
    <message>
        <source>{profile} wants to run a program</source>
        <translation>{profile}이(가) 프로그램을 실행하려고 합니다</translation>
    </message>
    <message>
        <source>Asked by {program}. Nothing runs before you have seen it.</source>
        <translation>{program}의 요청입니다. 확인하기 전에는 아무것도 실행되지 않습니다.</translation>
    </message>
</context>
<context>
    <name>OfferModel</name>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Account ID</source>
        <translation>계정 ID</translation>
    </message>
    <message>
        <source>Permission set</source>
        <translation>권한 세트</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>여기서의 이름</translation>
    </message>
</context>
<context>
    <name>OffersPage</name>
    <message>
        <source>Search accounts and permission sets</source>
        <translation>계정과 권한 세트 검색</translation>
    </message>
    <message>
        <source>Accounts and permission sets</source>
        <translation>계정과 권한 세트</translation>
    </message>
    <message>
        <source>All that are shown</source>
        <translation>보이는 것 모두</translation>
    </message>
    <message>
        <source>Write profiles into ~/.aws/config as well, for other tools</source>
        <translation>다른 도구도 쓸 수 있게 ~/.aws/config에도 프로필 쓰기</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n개 선택</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OidcDialog</name>
    <message>
        <source>Client secret</source>
        <translation>클라이언트 비밀번호</translation>
    </message>
    <message>
        <source>Client secret, kept in the keyring</source>
        <translation>클라이언트 비밀번호(키링에 보관)</translation>
    </message>
</context>
<context>
    <name>OwnRoles</name>
    <message>
        <source>Exported</source>
        <translation>내보냈습니다</translation>
    </message>
    <message>
        <source>Other AWS tools find it in {file} now.</source>
        <translation>이제 다른 AWS 도구가 {file}에서 이 역할을 찾습니다.</translation>
    </message>
    <message>
        <source>“rolecall role export NAME --undo” takes it out again.</source>
        <translation>“rolecall role export NAME --undo”로 되돌립니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Remove this role</source>
        <translation>역할 제거</translation>
    </message>
    <message>
        <source>Remove {name} from your own roles?</source>
        <translation>내 역할에서 {name}을(를) 제거할까요?</translation>
    </message>
    <message>
        <source>Nothing changes in AWS. Its live session is forgotten here.</source>
        <translation>AWS에서는 아무것도 바뀌지 않습니다. 여기의 세션은 지워집니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>PolicyEditor</name>
    <message>
        <source>Everything the user may</source>
        <translation>사용자가 할 수 있는 모든 것</translation>
    </message>
    <message>
        <source>Everything the role may</source>
        <translation>역할이 할 수 있는 모든 것</translation>
    </message>
    <message>
        <source>Only what a policy of mine allows</source>
        <translation>내 정책이 허용하는 것만</translation>
    </message>
    <message>
        <source>Session policy</source>
        <translation>세션 정책</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Read-only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Names only, no contents</source>
        <translation>이름만, 내용 제외</translation>
    </message>
    <message>
        <source>Security audit</source>
        <translation>보안 감사</translation>
    </message>
    <message>
        <source>Everything but IAM</source>
        <translation>IAM만 빼고 모두</translation>
    </message>
    <message>
        <source>Only {region}</source>
        <translation>{region}만</translation>
    </message>
    <message>
        <source>Narrowed</source>
        <translation>권한 축소</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>{role} was forgotten while it was signed in to</source>
        <translation>{role}에 로그인하는 동안 세션을 지웠습니다</translation>
    </message>
    <message>
        <source>Sign in again if you need it.</source>
        <translation>필요하면 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>The MFA code was not given</source>
        <translation>MFA 코드를 입력하지 않았습니다</translation>
    </message>
    <message>
        <source>Sign in again when the device is at hand.</source>
        <translation>디바이스가 있을 때 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Rolecall ended before it answered</source>
        <translation>Rolecall이 응답하기 전에 종료되었습니다</translation>
    </message>
    <message>
        <source>Ask again: the next call starts it anew, or does without it.</source>
        <translation>다시 요청하세요. 다음 호출이 Rolecall을 새로 시작하거나 Rolecall 없이 처리합니다.</translation>
    </message>
    <message>
        <source>The running Rolecall does not answer</source>
        <translation>실행 중인 Rolecall이 응답하지 않습니다</translation>
    </message>
    <message>
        <source>It may be stopped or hang. End it and start it again, or wait for it.</source>
        <translation>멈췄거나 응답 없음 상태일 수 있습니다. 끝내고 다시 시작하거나 기다리세요.</translation>
    </message>
    <message>
        <source>The running Rolecall gave an answer nobody understands</source>
        <translation>실행 중인 Rolecall의 응답을 이해할 수 없습니다</translation>
    </message>
    <message>
        <source>It may be of another version. Quit it in its menu and start it again.</source>
        <translation>다른 버전일 수 있습니다. 메뉴에서 종료한 뒤 다시 시작하세요.</translation>
    </message>
    <message>
        <source>AWS says: a policy denies it explicitly ({kind}).</source>
        <translation>AWS의 설명: 정책이 명시적으로 거부합니다({kind}).</translation>
    </message>
    <message>
        <source>AWS says: no identity-based policy allows it.</source>
        <translation>AWS의 설명: 허용하는 자격 증명 기반 정책이 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no role trust policy allows it.</source>
        <translation>AWS의 설명: 허용하는 역할 신뢰 정책이 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no permissions boundary allows it.</source>
        <translation>AWS의 설명: 허용하는 권한 경계가 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no service control policy allows it.</source>
        <translation>AWS의 설명: 허용하는 서비스 제어 정책이 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no resource control policy allows it.</source>
        <translation>AWS의 설명: 허용하는 리소스 제어 정책이 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no session policy allows it.</source>
        <translation>AWS의 설명: 허용하는 세션 정책이 없습니다.</translation>
    </message>
    <message>
        <source>AWS says: no VPC endpoint policy allows it.</source>
        <translation>AWS의 설명: 허용하는 VPC 엔드포인트 정책이 없습니다.</translation>
    </message>
    <message>
        <source>Session tags are not allowed.</source>
        <translation>세션 태그가 허용되지 않습니다.</translation>
    </message>
    <message>
        <source>The role&apos;s trust policy has to allow sts:TagSession.</source>
        <translation>역할의 신뢰 정책이 sts:TagSession을 허용해야 합니다.</translation>
    </message>
    <message>
        <source>A source identity is not allowed.</source>
        <translation>소스 ID가 허용되지 않습니다.</translation>
    </message>
    <message>
        <source>The trust policy and the caller&apos;s policy have to allow sts:SetSourceIdentity.</source>
        <translation>신뢰 정책과 호출자의 정책이 sts:SetSourceIdentity를 허용해야 합니다.</translation>
    </message>
    <message>
        <source>A policy denies it, whatever else allows it.</source>
        <translation>다른 정책이 허용하더라도 어떤 정책이 거부합니다.</translation>
    </message>
    <message>
        <source>Look for Deny in the caller&apos;s policies, the organisation&apos;s and the trust policy; a Deny without MFA is common.</source>
        <translation>호출자의 정책, 조직의 정책, 신뢰 정책에서 Deny를 찾아보세요. MFA가 없을 때의 Deny가 흔합니다.</translation>
    </message>
    <message>
        <source>The role may want MFA, and no code was sent.</source>
        <translation>역할이 MFA를 요구하는데 코드를 보내지 않았을 수 있습니다.</translation>
    </message>
    <message>
        <source>Add mfa_serial = (the ARN of your device) to the profile of {role}.</source>
        <translation>{role} 프로필에 mfa_serial = (디바이스의 ARN)을 추가하세요.</translation>
    </message>
    <message>
        <source>The role may want a fresher code than the shared one.</source>
        <translation>역할이 공유 세션의 코드보다 최근의 코드를 요구할 수 있습니다.</translation>
    </message>
    <message>
        <source>Sign in to {role} with a code of its own.</source>
        <translation>{role}에 전용 코드로 로그인하세요.</translation>
    </message>
    <message>
        <source>The role may want MFA, which a role’s or a federated session never has.</source>
        <translation>역할이 MFA를 요구할 수 있는데, 역할이나 페더레이션 세션에는 MFA가 있을 수 없습니다.</translation>
    </message>
    <message>
        <source>AWS takes codes of IAM users only: start {role} straight from a key with a device, or have the owner of account {account} take MFA out of its trust policy.</source>
        <translation>AWS는 IAM 사용자의 코드만 받습니다. {role}을(를) MFA 기기가 있는 키에서 바로 시작하거나, 계정 {account}의 관리자에게 신뢰 정책에서 MFA를 빼 달라고 하세요.</translation>
    </message>
    <message>
        <source>The external id may be wrong.</source>
        <translation>외부 ID가 잘못되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare external_id, letter by letter, with the role&apos;s trust policy.</source>
        <translation>external_id를 역할의 신뢰 정책과 한 글자씩 비교하세요.</translation>
    </message>
    <message>
        <source>The role may want an external id.</source>
        <translation>역할이 외부 ID를 요구할 수 있습니다.</translation>
    </message>
    <message>
        <source>Ask the owner of account {account} and add external_id.</source>
        <translation>계정 {account}의 소유자에게 물어보고 external_id를 추가하세요.</translation>
    </message>
    <message>
        <source>The role may not exist under this exact name.</source>
        <translation>정확히 이 이름의 역할이 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>The role&apos;s trust policy may not name the caller.</source>
        <translation>역할의 신뢰 정책에 호출자가 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>The caller&apos;s own policies may not allow it.</source>
        <translation>호출자의 정책이 허용하지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>It may be allowed only at a time, from an address, region or organisation.</source>
        <translation>특정 시간, 주소, 리전, 조직에서만 허용될 수 있습니다.</translation>
    </message>
    <message>
        <source>Try from the office or its VPN, and ask the role’s owner.</source>
        <translation>사무실이나 회사 VPN에서 시도하고, 역할의 관리자에게 문의하세요.</translation>
    </message>
    <message>
        <source>The role may not exist under this exact name, or not everywhere yet.</source>
        <translation>정확히 이 이름의 역할이 없거나, 아직 모든 곳에 반영되지 않았을 수 있습니다.</translation>
    </message>
    <message>
        <source>Check account {account}, the name {name} with its path and letter case, and the partition {partition}. After a change, try again in a minute.</source>
        <translation>계정 {account}, 경로와 대소문자를 포함한 이름 {name}, 파티션 {partition}을(를) 확인하세요. 방금 변경했다면 1분 뒤에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>In account {account}, the trust policy of {name} has to allow sts:AssumeRole to you. Where it shows an id (AIDA…, AROA…) for you, you were deleted and made anew: it has to name you again.</source>
        <translation>계정 {account}에서 {name}의 신뢰 정책이 이 호출자에게 sts:AssumeRole을 허용해야 합니다. 호출자 이름 대신 ID(AIDA…, AROA…)가 보이면 삭제 후 다시 만들어진 것이므로, 신뢰 정책에 다시 지정해야 합니다.</translation>
    </message>
    <message>
        <source>They have to allow sts:AssumeRole on {name} in account {account}.</source>
        <translation>계정 {account}의 {name}에 대해 sts:AssumeRole을 허용해야 합니다.</translation>
    </message>
    <message>
        <source>A value in the profile of {role} is not one AWS takes</source>
        <translation>{role} 프로필에 AWS가 받지 않는 값이 있습니다</translation>
    </message>
    <message>
        <source>{seconds} s is not a life AWS gives to {role}</source>
        <translation>{seconds}초는 AWS가 {role}에 줄 수 있는 기간이 아닙니다</translation>
    </message>
    <message>
        <source>Ask for {shortest} to {longest} seconds.</source>
        <translation>{shortest}초에서 {longest}초 사이로 요청하세요.</translation>
    </message>
    <message>
        <source>The session of {name} cannot open the console</source>
        <translation>{name}의 세션으로는 콘솔을 열 수 없습니다</translation>
    </message>
    <message>
        <source>AWS does not let GetSessionToken sessions sign in there.</source>
        <translation>AWS는 GetSessionToken 세션의 콘솔 로그인을 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>Open a role that starts from it. A user without one: add “The console, for a user&apos;s key”.</source>
        <translation>이 프로필에서 시작하는 역할을 여세요. 역할이 없는 사용자라면 “사용자 키로 여는 콘솔”을 추가하세요.</translation>
    </message>
    <message>
        <source>AWS did not accept the session of {name} for the console</source>
        <translation>AWS가 {name}의 세션으로 콘솔을 여는 것을 거부했습니다</translation>
    </message>
    <message>
        <source>It may have ended or been revoked. Renew it and try again.</source>
        <translation>세션이 끝났거나 취소되었을 수 있습니다. 갱신한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>ROLECALL_SIGNIN_URL is not an address on this computer</source>
        <translation>ROLECALL_SIGNIN_URL이 이 컴퓨터의 주소가 아닙니다</translation>
    </message>
    <message>
        <source>It is for tests: http://127.0.0.1:PORT or http://[::1]:PORT, or unset it.</source>
        <translation>테스트용 변수입니다. http://127.0.0.1:PORT 또는 http://[::1]:PORT로 설정하거나 해제하세요.</translation>
    </message>
    <message>
        <source>The console&apos;s address in partition {partition} is not public</source>
        <translation>파티션 {partition}의 콘솔 주소는 공개되어 있지 않습니다</translation>
    </message>
    <message>
        <source>Use the credentials from a command line instead.</source>
        <translation>명령줄에서 자격 증명을 사용하세요.</translation>
    </message>
    <message>
        <source>This destination is not a page of the session&apos;s console</source>
        <translation>이 주소는 세션의 콘솔에 속한 페이지가 아닙니다</translation>
    </message>
    <message>
        <source>Give an https address on {host} or below it.</source>
        <translation>{host} 또는 그 하위의 https 주소를 지정하세요.</translation>
    </message>
    <message>
        <source>“{region}” is not a region of partition {partition}</source>
        <translation>“{region}”은(는) 파티션 {partition}의 리전이 아닙니다</translation>
    </message>
    <message>
        <source>Write it as in eu-west-1.</source>
        <translation>ap-northeast-2와 같은 형식으로 적으세요.</translation>
    </message>
    <message>
        <source>This is not the name of a service</source>
        <translation>서비스 이름이 아닙니다</translation>
    </message>
    <message>
        <source>Use letters, digits and dashes, as in ec2 or systems-manager.</source>
        <translation>ec2나 systems-manager처럼 영문자, 숫자, 하이픈을 쓰세요.</translation>
    </message>
    <message>
        <source>AWS does not know the access key that {role} starts from</source>
        <translation>{role}의 시작점인 액세스 키를 AWS가 알지 못합니다</translation>
    </message>
    <message>
        <source>It was deleted, switched off or typed wrongly, or belongs to another partition. Look in IAM, Security credentials, and replace the key here.</source>
        <translation>키가 삭제되었거나 비활성화되었거나 잘못 입력되었거나 다른 파티션의 키입니다. IAM의 보안 자격 증명을 확인하고 여기서 키를 바꾸세요.</translation>
    </message>
    <message>
        <source>The credentials that {role} starts from have expired</source>
        <translation>{role}의 시작점인 자격 증명이 만료되었습니다</translation>
    </message>
    <message>
        <source>Sign in again to get new ones.</source>
        <translation>다시 로그인해 새로 받으세요.</translation>
    </message>
    <message>
        <source>AWS asks for fewer calls at the moment</source>
        <translation>AWS가 호출을 줄여 달라고 합니다</translation>
    </message>
    <message>
        <source>Wait a minute and try again.</source>
        <translation>1분쯤 기다렸다가 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The sign-in at {center} is over</source>
        <translation>{center} 로그인이 끝났습니다</translation>
    </message>
    <message>
        <source>Identity Center does not let you use {role}</source>
        <translation>Identity Center가 {role} 사용을 허용하지 않습니다</translation>
    </message>
    <message>
        <source>Check sso_account_id and sso_role_name, or ask whoever assigns permission sets at {center}.</source>
        <translation>sso_account_id와 sso_role_name을 확인하거나 {center}에서 권한 세트를 할당하는 담당자에게 문의하세요.</translation>
    </message>
    <message>
        <source>The sign-in at {center} was turned down in the browser</source>
        <translation>브라우저에서 {center} 로그인을 거절했습니다</translation>
    </message>
    <message>
        <source>Sign in again and choose “Allow access” there.</source>
        <translation>다시 로그인하고 “Allow access”를 선택하세요.</translation>
    </message>
    <message>
        <source>The code for {center} is too old</source>
        <translation>{center}의 코드가 만료되었습니다</translation>
    </message>
    <message>
        <source>Sign in again to get a new code; each is good for ten minutes.</source>
        <translation>다시 로그인해 새 코드를 받으세요. 코드는 10분 동안 유효합니다.</translation>
    </message>
    <message>
        <source>{center} did not accept the sign-in</source>
        <translation>{center}에서 로그인을 받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>Identity Center in {region} does not know {center}</source>
        <translation>{region}의 Identity Center에 {center}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Check the start URL, and the region: it is where Identity Center was set up, as the settings page of Identity Center names it.</source>
        <translation>시작 URL과 리전을 확인하세요. 리전은 Identity Center 설정 페이지에 표시된, Identity Center를 설정한 곳입니다.</translation>
    </message>
    <message>
        <source>{center} does not know Rolecall any more</source>
        <translation>{center}에 Rolecall이 더 이상 등록되어 있지 않습니다</translation>
    </message>
    <message>
        <source>Sign in again; Rolecall introduces itself anew.</source>
        <translation>다시 로그인하세요. Rolecall이 새로 등록합니다.</translation>
    </message>
    <message>
        <source>{center} does not give what sso_registration_scopes asks for</source>
        <translation>{center}이(가) sso_registration_scopes에서 요청한 범위를 주지 않습니다</translation>
    </message>
    <message>
        <source>Leave that line out, or ask whoever manages Identity Center.</source>
        <translation>그 줄을 빼거나 Identity Center 관리자에게 문의하세요.</translation>
    </message>
    <message>
        <source>AWS answers, but cannot serve at the moment</source>
        <translation>AWS가 응답하지만 지금은 처리하지 못합니다</translation>
    </message>
    <message>
        <source>This is on AWS&apos;s side. Try again in a minute, or another region.</source>
        <translation>AWS 쪽의 문제입니다. 잠시 뒤에 또는 다른 리전으로 다시 시도하세요.</translation>
    </message>
    <message>
        <source>AWS cannot read the session policy</source>
        <translation>AWS가 세션 정책을 읽지 못합니다</translation>
    </message>
    <message>
        <source>Check the policy&apos;s JSON, and that its statements name no Principal.</source>
        <translation>정책의 JSON을 확인하고, 문에 Principal이 없는지 확인하세요.</translation>
    </message>
    <message>
        <source>The session policies and tags are too large together</source>
        <translation>세션 정책과 태그를 합친 크기가 너무 큽니다</translation>
    </message>
    <message>
        <source>Shorten the policy, or put it into a managed policy.</source>
        <translation>정책을 줄이거나 관리형 정책으로 옮기세요.</translation>
    </message>
    <message>
        <source>STS is switched off in this region for the account of {role}</source>
        <translation>{role}의 계정에서 이 리전의 STS가 꺼져 있습니다</translation>
    </message>
    <message>
        <source>Choose another region for this profile, or have an administrator of account {account} switch it on (IAM, Account settings).</source>
        <translation>이 프로필에 다른 리전을 고르거나, 계정 {account}의 관리자에게 켜 달라고 하세요(IAM, 계정 설정).</translation>
    </message>
    <message>
        <source>AWS did not accept what the identity provider said</source>
        <translation>AWS가 ID 공급자의 응답을 받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>Sign in again at the identity provider; then check its entry in IAM.</source>
        <translation>ID 공급자에 다시 로그인한 뒤 IAM의 해당 항목을 확인하세요.</translation>
    </message>
    <message>
        <source>The identity pool of {role} lets no guests in</source>
        <translation>{role}의 자격 증명 풀은 게스트를 받지 않습니다</translation>
    </message>
    <message>
        <source>Give the entry a provider to sign in at (oidc_issuer, oidc_client_id).</source>
        <translation>항목에 로그인할 공급자(oidc_issuer, oidc_client_id)를 지정하세요.</translation>
    </message>
    <message>
        <source>The identity pool of {role} does not accept the sign-in</source>
        <translation>{role}의 자격 증명 풀이 로그인을 받아들이지 않습니다</translation>
    </message>
    <message>
        <source>Compare oidc_client_id and cognito_login with the pool&apos;s identity providers, and role_arn with the roles it offers.</source>
        <translation>oidc_client_id와 cognito_login을 풀의 ID 공급자와, role_arn을 풀이 제공하는 역할과 비교하세요.</translation>
    </message>
    <message>
        <source>There is no identity pool {pool}</source>
        <translation>자격 증명 풀 {pool}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Check cognito_identity_pool_id; it begins with the region.</source>
        <translation>cognito_identity_pool_id를 확인하세요. 리전으로 시작합니다.</translation>
    </message>
    <message>
        <source>The identity pool of {role} has no role to give</source>
        <translation>{role}의 자격 증명 풀에는 줄 역할이 없습니다</translation>
    </message>
    <message>
        <source>Its roles and their trust policies are set in the Cognito console.</source>
        <translation>풀의 역할과 신뢰 정책은 Cognito 콘솔에서 설정합니다.</translation>
    </message>
    <message>
        <source>The identity pool of {role} does not take the request</source>
        <translation>{role}의 자격 증명 풀이 요청을 받아들이지 않습니다</translation>
    </message>
    <message>
        <source>The basic flow has to be switched on for the pool; else leave cognito_flow out.</source>
        <translation>풀에서 기본 흐름을 켜야 합니다. 아니면 cognito_flow를 빼세요.</translation>
    </message>
    <message>
        <source>AWS could not reach the identity provider</source>
        <translation>AWS가 ID 공급자에 연결하지 못했습니다</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Compare oidc_client_id, the client secret and the redirect address with what is registered there.</source>
        <translation>oidc_client_id, 클라이언트 비밀번호, 리디렉션 주소를 공급자에 등록된 것과 비교하세요.</translation>
    </message>
    <message>
        <source>{provider} cannot be reached</source>
        <translation>{provider}에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>Check the network, the VPN and oidc_issuer.</source>
        <translation>네트워크, VPN, oidc_issuer를 확인하세요.</translation>
    </message>
    <message>
        <source>{provider} cannot serve at the moment</source>
        <translation>{provider}이(가) 지금은 응답할 수 없습니다</translation>
    </message>
    <message>
        <source>{provider} does not take its own code any more</source>
        <translation>{provider}이(가) 자신이 준 코드를 더 이상 받지 않습니다</translation>
    </message>
    <message>
        <source>It was too old, or used before. Sign in again.</source>
        <translation>너무 오래되었거나 이미 사용되었습니다. 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>The other side could not prove that it is {provider}</source>
        <translation>상대방이 {provider}임을 증명하지 못했습니다</translation>
    </message>
    <message>
        <source>{provider} did not sign you in</source>
        <translation>{provider}에서 로그인되지 않았습니다</translation>
    </message>
    <message>
        <source>It was declined there, or this account may not use this program.</source>
        <translation>그곳에서 거부했거나, 이 계정은 이 프로그램을 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The sign-in at {provider} is over</source>
        <translation>{provider} 로그인이 끝났습니다</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>다시 로그인하세요.</translation>
    </message>
    <message>
        <source>The answer of {provider} is in another provider&apos;s name</source>
        <translation>{provider}의 응답이 다른 공급자의 이름으로 왔습니다</translation>
    </message>
    <message>
        <source>oidc_issuer has to be written exactly as the provider writes it, to the last slash.</source>
        <translation>oidc_issuer는 마지막 슬래시까지 공급자가 쓰는 그대로 적어야 합니다.</translation>
    </message>
    <message>
        <source>The answer of {provider} is not one of an identity provider</source>
        <translation>{provider}의 응답이 ID 공급자의 것이 아닙니다</translation>
    </message>
    <message>
        <source>Check oidc_issuer. A network sign-in page or a proxy can do that too.</source>
        <translation>oidc_issuer를 확인하세요. 네트워크 로그인 페이지나 프록시 때문일 수도 있습니다.</translation>
    </message>
    <message>
        <source>The token of {provider} does not stand the test</source>
        <translation>{provider}의 토큰이 검사를 통과하지 못했습니다</translation>
    </message>
    <message>
        <source>What does not fit: {failed}. It was not used.</source>
        <translation>맞지 않는 것: {failed}. 토큰은 사용되지 않았습니다.</translation>
    </message>
    <message>
        <source>Sign in again. If it stays, show this to whoever runs the provider.</source>
        <translation>다시 로그인하세요. 계속되면 공급자를 운영하는 사람에게 보여 주세요.</translation>
    </message>
    <message>
        <source>The token of {provider} was over when it came</source>
        <translation>{provider}의 토큰이 도착했을 때 이미 만료되어 있었습니다</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, then sign in again.</source>
        <translation>이 컴퓨터의 시계를 확인한 뒤 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>{provider} does not know this program</source>
        <translation>{provider}이(가) 이 프로그램을 알지 못합니다</translation>
    </message>
    <message>
        <source>{provider} does not take the request</source>
        <translation>{provider}이(가) 요청을 받아들이지 않습니다</translation>
    </message>
    <message>
        <source>AWS does not allow this call for {role}</source>
        <translation>AWS가 {role}에 이 호출을 허용하지 않습니다</translation>
    </message>
    <message>
        <source>The account&apos;s settings or the kind of credentials do not permit it.</source>
        <translation>계정 설정이나 자격 증명의 종류 때문에 허용되지 않습니다.</translation>
    </message>
    <message>
        <source>The answer did not come from AWS, or was damaged on the way</source>
        <translation>응답이 AWS에서 온 것이 아니거나 도중에 손상되었습니다</translation>
    </message>
    <message>
        <source>A network sign-in page, a proxy or a wrong endpoint_url can do that. Open any web page in the browser, then try again.</source>
        <translation>네트워크 로그인 페이지, 프록시, 잘못된 endpoint_url이 원인일 수 있습니다. 브라우저에서 아무 페이지나 연 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>AWS cannot be reached</source>
        <translation>AWS에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>Check the network, the VPN and, if the profile has one, its endpoint_url.</source>
        <translation>네트워크와 VPN, 프로필에 있다면 endpoint_url을 확인하세요.</translation>
    </message>
    <message>
        <source>AWS did not answer in time</source>
        <translation>AWS가 제시간에 응답하지 않았습니다</translation>
    </message>
    <message>
        <source>Check the network and the VPN, then try again.</source>
        <translation>네트워크와 VPN을 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The connection to AWS was closed before the answer came</source>
        <translation>응답이 오기 전에 AWS 연결이 끊어졌습니다</translation>
    </message>
    <message>
        <source>Try again. A proxy or VPN that closes connections can do that.</source>
        <translation>다시 시도하세요. 연결을 끊는 프록시나 VPN이 원인일 수 있습니다.</translation>
    </message>
    <message>
        <source>The other side could not prove that it is AWS</source>
        <translation>상대가 AWS임을 증명하지 못했습니다</translation>
    </message>
    <message>
        <source>If your network inspects TLS, set AWS_CA_BUNDLE or the profile&apos;s ca_bundle to its certificate file. Check the computer&apos;s date too.</source>
        <translation>네트워크가 TLS를 검사한다면 AWS_CA_BUNDLE이나 프로필의 ca_bundle에 그 인증서 파일을 지정하세요. 컴퓨터의 날짜도 확인하세요.</translation>
    </message>
    <message>
        <source>The proxy did not let the call through</source>
        <translation>프록시가 호출을 통과시키지 않았습니다</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.</source>
        <translation>HTTPS_PROXY, HTTP_PROXY, NO_PROXY를 확인하세요.</translation>
    </message>
    <message>
        <source>Profile {role} needs a region</source>
        <translation>프로필 {role}에 리전이 필요합니다</translation>
    </message>
    <message>
        <source>Add a line such as region = eu-west-1 to the profile.</source>
        <translation>프로필에 region = eu-west-1과 같은 줄을 추가하세요.</translation>
    </message>
    <message>
        <source>The settings of profile {role} do not make a valid endpoint</source>
        <translation>프로필 {role}의 설정으로는 올바른 엔드포인트를 만들 수 없습니다</translation>
    </message>
    <message>
        <source>Check region, endpoint_url, services, ca_bundle, retry_mode, max_attempts and defaults_mode in the profile, and the AWS_ variables of the same names.</source>
        <translation>프로필의 region, endpoint_url, services, ca_bundle, retry_mode, max_attempts, defaults_mode와 같은 이름의 AWS_ 변수를 확인하세요.</translation>
    </message>
    <message>
        <source>AWS refused {role} with the error {error}</source>
        <translation>AWS가 {error} 오류로 {role}을(를) 거부했습니다</translation>
    </message>
    <message>
        <source>Rolecall does not know this error. The STS documentation may.</source>
        <translation>Rolecall이 알지 못하는 오류입니다. STS 문서를 참고하세요.</translation>
    </message>
    <message>
        <source>AWS refused the role {role}</source>
        <translation>AWS가 역할 {role}을(를) 거부했습니다</translation>
    </message>
    <message>
        <source>AWS does not say why. These causes are possible, likeliest first:</source>
        <translation>AWS는 이유를 알려 주지 않습니다. 가능한 원인을 가능성이 높은 순서로 보여 줍니다:</translation>
    </message>
    <message>
        <source>AWS did not accept this code: wrong, or already used</source>
        <translation>AWS가 이 코드를 받지 않았습니다. 틀렸거나 이미 쓴 코드입니다</translation>
    </message>
    <message>
        <source>Each code works once, also when another program sent it.</source>
        <translation>코드는 다른 프로그램이 보냈더라도 한 번만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Type the next code of {device}; it comes in {next} s.</source>
        <translation>{device}의 다음 코드를 입력하세요. {next}초 뒤에 나옵니다.</translation>
    </message>
    <message>
        <source>AWS could not check the code against the MFA device {device}</source>
        <translation>AWS가 MFA 디바이스 {device}로 코드를 확인하지 못했습니다</translation>
    </message>
    <message>
        <source>The device belongs to another user, its name is wrong (:mfa/, not :user/), or the code is of another device. The next code comes in {next} s.</source>
        <translation>다른 사용자의 디바이스이거나, 이름이 잘못되었거나(:user/가 아니라 :mfa/), 다른 디바이스의 코드입니다. 다음 코드는 {next}초 뒤에 나옵니다.</translation>
    </message>
    <message>
        <source>Compare mfa_serial with IAM, Security credentials, of the user who signs in.</source>
        <translation>mfa_serial을 로그인하는 사용자의 IAM 보안 자격 증명과 비교하세요.</translation>
    </message>
    <message>
        <source>The key {role} starts from is the root user&apos;s: root assumes no roles</source>
        <translation>{role}의 시작점인 키는 루트 사용자의 키입니다. 루트는 역할을 수임할 수 없습니다</translation>
    </message>
    <message>
        <source>Use an access key of an IAM user, and delete root&apos;s.</source>
        <translation>IAM 사용자의 액세스 키를 쓰고 루트의 키는 삭제하세요.</translation>
    </message>
    <message>
        <source>The keys {role} starts from are temporary; AWS wants a user&apos;s own</source>
        <translation>{role}의 시작점인 키는 임시 키입니다. AWS는 사용자 자신의 키를 요구합니다</translation>
    </message>
    <message>
        <source>Start from a profile that holds an IAM user&apos;s access key.</source>
        <translation>IAM 사용자의 액세스 키가 있는 프로필에서 시작하세요.</translation>
    </message>
    <message>
        <source>The secret access key that {role} starts from does not fit its key id</source>
        <translation>{role}의 시작점인 보안 액세스 키가 키 ID와 맞지 않습니다</translation>
    </message>
    <message>
        <source>Replace the key. A missing character, or a note after the secret on the same line of the file, is enough to break it.</source>
        <translation>키를 바꾸세요. 한 글자가 빠지거나 파일의 같은 줄 뒤에 메모가 있어도 키가 맞지 않게 됩니다.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock and AWS&apos;s differ too much, so AWS refuses the call</source>
        <translation>이 컴퓨터의 시계와 AWS의 시계가 너무 달라 AWS가 호출을 거부합니다</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min behind AWS&apos;s, so AWS refuses the call</source>
        <translation>이 컴퓨터의 시계가 AWS보다 {minutes}분 느려 AWS가 호출을 거부합니다</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min ahead of AWS&apos;s, so AWS refuses the call</source>
        <translation>이 컴퓨터의 시계가 AWS보다 {minutes}분 빨라 AWS가 호출을 거부합니다</translation>
    </message>
    <message>
        <source>Set the clock (switch on automatic time), then try again.</source>
        <translation>시계를 맞추고(자동 시간 설정) 다시 시도하세요.</translation>
    </message>
    <message>
        <source>AWS does not accept a value sent for {role}</source>
        <translation>AWS가 {role}에 보낸 값을 받지 않습니다</translation>
    </message>
    <message>
        <source>It names: {fields}.</source>
        <translation>해당 항목: {fields}.</translation>
    </message>
    <message>
        <source>Check role_arn, role_session_name, external_id, mfa_serial and duration_seconds in the profile.</source>
        <translation>프로필의 role_arn, role_session_name, external_id, mfa_serial, duration_seconds를 확인하세요.</translation>
    </message>
    <message>
        <source>{seconds} s is longer than {role} may live</source>
        <translation>{seconds}초는 {role}의 최대 기간보다 깁니다</translation>
    </message>
    <message>
        <source>Ask for 3600 s or less, or have the role&apos;s MaxSessionDuration raised.</source>
        <translation>3600초 이하로 요청하거나 역할의 MaxSessionDuration을 늘려 달라고 하세요.</translation>
    </message>
    <message>
        <source>{role} is assumed with temporary credentials: one hour at most</source>
        <translation>{role}은(는) 임시 자격 증명으로 수임하므로 최대 한 시간입니다</translation>
    </message>
    <message>
        <source>Ask for 3600 s or less, or sign in with a code of its own.</source>
        <translation>3600초 이하로 요청하거나 전용 코드로 로그인하세요.</translation>
    </message>
    <message>
        <source>There is no display to open a browser on</source>
        <translation>브라우저를 열 화면이 없습니다</translation>
    </message>
    <message>
        <source>“rolecall console ROLE --print” prints the sign-in URL.</source>
        <translation>“rolecall console ROLE --print”로 로그인 URL을 출력할 수 있습니다.</translation>
    </message>
    <message>
        <source>The browser did not come for the console within a minute</source>
        <translation>브라우저가 1분 안에 콘솔 주소를 가져가지 않았습니다</translation>
    </message>
    <message>
        <source>There is no display to show a window on</source>
        <translation>창을 보여 줄 화면이 없습니다</translation>
    </message>
    <message>
        <source>Every command works in the terminal too: “rolecall list”, “rolecall login ROLE”.</source>
        <translation>모든 명령은 터미널에서도 쓸 수 있습니다: “rolecall list”, “rolecall login ROLE”.</translation>
    </message>
    <message>
        <source>Beside {preset}, another policy would let the session do more</source>
        <translation>{preset}에 다른 정책을 더하면 세션이 더 많은 일을 할 수 있게 됩니다</translation>
    </message>
    <message>
        <source>AWS adds session policies up: what one of them allows is allowed.</source>
        <translation>AWS는 세션 정책을 합칩니다. 그중 하나가 허용하면 허용됩니다.</translation>
    </message>
    <message>
        <source>Use one of them alone, or put all you mean into one policy.</source>
        <translation>그중 하나만 쓰거나, 원하는 것을 정책 하나에 모두 담으세요.</translation>
    </message>
    <message>
        <source>Which role? Name one, as “rolecall list” shows it.</source>
        <translation>어느 역할인가요? “rolecall list”에 나오는 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>This format sets nothing that could be taken back.</source>
        <translation>이 형식에는 되돌릴 설정이 없습니다.</translation>
    </message>
    <message>
        <source>The Python that runs Rolecall has no lasting place</source>
        <translation>Rolecall을 실행하는 Python의 위치가 임시 위치입니다</translation>
    </message>
    <message>
        <source>Install Rolecall (uv, pipx or a package) and try again.</source>
        <translation>Rolecall을 설치하고(uv, pipx 또는 패키지) 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{role} gives a user’s own keys; they are copied into no file</source>
        <translation>{role}은(는) 사용자 자신의 키를 줍니다. 이런 키는 어떤 파일에도 복사하지 않습니다</translation>
    </message>
    <message>
        <source>Use {command}, or write a role that starts from it.</source>
        <translation>{command} 명령을 쓰거나, 이 키에서 시작하는 역할을 쓰세요.</translation>
    </message>
    <message>
        <source>A code of {serial} is needed, and there is nobody to ask</source>
        <translation>{serial}의 코드가 필요한데 물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>Give it with --mfa-stdin, run this in a terminal, or start Rolecall.</source>
        <translation>--mfa-stdin으로 전달하거나, 터미널에서 실행하거나, Rolecall을 시작하세요.</translation>
    </message>
    <message>
        <source>The role_arn of profile {name} is not the ARN of a role</source>
        <translation>프로필 {name}의 role_arn이 역할의 ARN이 아닙니다</translation>
    </message>
    <message>
        <source>It says “{arn}”. Write it as arn:aws:iam::ACCOUNT:role/NAME, path included.</source>
        <translation>값은 “{arn}”입니다. 경로까지 포함해 arn:aws:iam::ACCOUNT:role/NAME 형식으로 적으세요.</translation>
    </message>
    <message>
        <source>{name} cannot have {key}: {call} takes none</source>
        <translation>{name}에는 {key}를 쓸 수 없습니다. {call}에는 그런 값이 없습니다</translation>
    </message>
    <message>
        <source>Take {key} out, or have a role that is assumed from {name} (source_profile) carry it.</source>
        <translation>{key}를 빼거나, {name}을 시작점(source_profile)으로 삼는 역할에 적으세요.</translation>
    </message>
    <message>
        <source>The source_profile of {name} leads back to itself</source>
        <translation>{name}의 source_profile이 자기 자신으로 되돌아옵니다</translation>
    </message>
    <message>
        <source>The way is {path}. One of these needs a source_profile that has keys.</source>
        <translation>경로는 {path}입니다. 이 중 하나의 source_profile이 키가 있는 프로필이어야 합니다.</translation>
    </message>
    <message>
        <source>Profile {name} has both source_profile and credential_source</source>
        <translation>프로필 {name}에 source_profile과 credential_source가 모두 있습니다</translation>
    </message>
    <message>
        <source>AWS tools refuse that. Remove one of the two lines.</source>
        <translation>AWS 도구는 이를 거부합니다. 두 줄 중 하나를 지우세요.</translation>
    </message>
    <message>
        <source>Profile {name} does not say whose keys to start from</source>
        <translation>프로필 {name}에 어느 키에서 시작할지 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>Add source_profile = NAME, where NAME is a profile that has keys.</source>
        <translation>source_profile = NAME을 추가하세요. NAME은 키가 있는 프로필입니다.</translation>
    </message>
    <message>
        <source>Profile {name} starts from {source}, which does not exist</source>
        <translation>프로필 {name}의 시작점인 {source}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Correct source_profile (names are case-sensitive), or add an access key named {source}.</source>
        <translation>source_profile을 고치거나(대소문자 구분) 이름이 {source}인 액세스 키를 추가하세요.</translation>
    </message>
    <message>
        <source>The source profile {name} has no credentials</source>
        <translation>소스 프로필 {name}에 자격 증명이 없습니다</translation>
    </message>
    <message>
        <source>Add its access key in Rolecall, or put the key into ~/.aws/credentials.</source>
        <translation>Rolecall에서 액세스 키를 추가하거나 ~/.aws/credentials에 키를 넣으세요.</translation>
    </message>
    <message>
        <source>The access key of profile {name} is incomplete</source>
        <translation>프로필 {name}의 액세스 키가 완전하지 않습니다</translation>
    </message>
    <message>
        <source>{key} is missing or empty. Add it, or add the key again.</source>
        <translation>{key} 값이 없거나 비어 있습니다. 값을 추가하거나 키를 다시 추가하세요.</translation>
    </message>
    <message>
        <source>A code is six digits</source>
        <translation>코드는 여섯 자리 숫자입니다</translation>
    </message>
    <message>
        <source>Type the six digits your device shows now.</source>
        <translation>디바이스에 지금 보이는 숫자 여섯 개를 입력하세요.</translation>
    </message>
    <message>
        <source>This code was already used: each code works once</source>
        <translation>이미 쓴 코드입니다. 코드는 한 번만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>The next code comes in {seconds} s.</source>
        <translation>다음 코드는 {seconds}초 뒤에 나옵니다.</translation>
    </message>
    <message>
        <source>cmd cannot hold the value of {name} safely</source>
        <translation>cmd에서는 {name} 값을 안전하게 담을 수 없습니다</translation>
    </message>
    <message>
        <source>Use PowerShell or a file instead.</source>
        <translation>PowerShell이나 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>This name cannot be that of a section in a file</source>
        <translation>이 이름은 파일의 섹션 이름이 될 수 없습니다</translation>
    </message>
    <message>
        <source>Use another format.</source>
        <translation>다른 형식을 사용하세요.</translation>
    </message>
    <message>
        <source>There is no role called “{name}”</source>
        <translation>“{name}” 역할이 없습니다</translation>
    </message>
    <message>
        <source>“rolecall list” shows every name. Upper and lower case count.</source>
        <translation>“rolecall list”로 모든 이름을 볼 수 있습니다. 대소문자를 구분합니다.</translation>
    </message>
    <message>
        <source>“{name}” fits several roles</source>
        <translation>“{name}”에 맞는 역할이 여럿입니다</translation>
    </message>
    <message>
        <source>Name one of them in full.</source>
        <translation>그중 하나의 전체 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>Rolecall is locked</source>
        <translation>Rolecall이 잠겨 있습니다</translation>
    </message>
    <message>
        <source>Choose “Unlock” in its menu, or click a role in its window.</source>
        <translation>메뉴에서 “잠금 해제”를 고르거나 창에서 역할을 클릭하세요.</translation>
    </message>
    <message>
        <source>{role} has a session policy of its own</source>
        <translation>{role}에는 자체 세션 정책이 있습니다</translation>
    </message>
    <message>
        <source>AWS adds session policies up, so with another one the session could do more.</source>
        <translation>AWS는 세션 정책을 합치므로, 다른 정책을 더하면 세션이 더 많은 일을 할 수 있게 됩니다.</translation>
    </message>
    <message>
        <source>Use {role} as it is, or make an own role of the same ARN with the policy you mean.</source>
        <translation>{role}을 그대로 쓰거나, 같은 ARN에 원하는 정책을 담은 역할을 직접 추가하세요.</translation>
    </message>
    <message>
        <source>Profile {name} already holds temporary credentials</source>
        <translation>프로필 {name}에 이미 임시 자격 증명이 있습니다</translation>
    </message>
    <message>
        <source>Use it as it is, or start roles from it. AWS makes no new session from a temporary one.</source>
        <translation>그대로 쓰거나 여기에서 역할을 시작하세요. AWS는 임시 자격 증명으로 새 세션을 만들지 않습니다.</translation>
    </message>
    <message>
        <source>The session of {role} cannot be narrowed</source>
        <translation>{role}의 세션은 권한을 줄일 수 없습니다</translation>
    </message>
    <message>
        <source>{file} begins with an invisible mark (BOM)</source>
        <translation>{file}이(가) 보이지 않는 표식(BOM)으로 시작합니다</translation>
    </message>
    <message>
        <source>Save the file as UTF-8 without BOM; AWS tools refuse it as it is.</source>
        <translation>BOM 없는 UTF-8로 저장하세요. 지금 상태로는 AWS 도구가 거부합니다.</translation>
    </message>
    <message>
        <source>Line {line} of {file} is not UTF-8 text</source>
        <translation>{file}의 {line}행이 UTF-8 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>Write the line anew or save the file as UTF-8; AWS tools refuse it as it is.</source>
        <translation>그 줄을 다시 쓰거나 파일을 UTF-8로 저장하세요. 지금 상태로는 AWS 도구가 거부합니다.</translation>
    </message>
    <message>
        <source>Line {line} of {file} stands before any section</source>
        <translation>{file}의 {line}행이 섹션보다 앞에 있습니다</translation>
    </message>
    <message>
        <source>Put a line such as [default] or [profile NAME] above it.</source>
        <translation>그 위에 [default]나 [profile NAME]과 같은 줄을 넣으세요.</translation>
    </message>
    <message>
        <source>Section [{section}] is in {file} twice</source>
        <translation>섹션 [{section}]이 {file}에 두 번 있습니다</translation>
    </message>
    <message>
        <source>Line {line} begins the second one. Make one section of the two.</source>
        <translation>두 번째는 {line}행에서 시작합니다. 둘을 하나로 합치세요.</translation>
    </message>
    <message>
        <source>Section [{section}] of {file} sets the same key twice</source>
        <translation>{file}의 섹션 [{section}]에 같은 키가 두 번 있습니다</translation>
    </message>
    <message>
        <source>Line {line} sets it again. Remove one of the two lines.</source>
        <translation>{line}행에서 다시 설정합니다. 두 줄 중 하나를 지우세요.</translation>
    </message>
    <message>
        <source>Line {line} of {file} cannot be read</source>
        <translation>{file}의 {line}행을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Write it as KEY = VALUE or [SECTION], or put # in front of it.</source>
        <translation>KEY = VALUE 또는 [SECTION]으로 적거나 앞에 #을 붙이세요.</translation>
    </message>
    <message>
        <source>The indented lines from line {line} of {file} cannot be read</source>
        <translation>{file}의 {line}행부터 들여쓴 줄을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Each line below a key without a value has to be KEY = VALUE.</source>
        <translation>값이 없는 키 아래의 줄은 모두 KEY = VALUE여야 합니다.</translation>
    </message>
    <message>
        <source>AWS tools refuse the whole file. Profiles it touches are left out here.</source>
        <translation>AWS 도구는 파일 전체를 거부합니다. 여기서는 해당 프로필만 제외합니다.</translation>
    </message>
    <message>
        <source>The access key of profile {name} is no longer there</source>
        <translation>프로필 {name}의 액세스 키가 더는 없습니다</translation>
    </message>
    <message>
        <source>It was taken out of the AWS files. Put it back, or add it in Rolecall.</source>
        <translation>AWS 파일에서 빠졌습니다. 다시 넣거나 Rolecall에서 추가하세요.</translation>
    </message>
    <message>
        <source>The key of profile {name} changed in {file} meanwhile</source>
        <translation>그사이 {file}에서 프로필 {name}의 키가 바뀌었습니다</translation>
    </message>
    <message>
        <source>The file was left as it is. Try again.</source>
        <translation>파일은 그대로 두었습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The key of profile {name} cannot be cut out of {file}</source>
        <translation>{file}에서 프로필 {name}의 키를 잘라 낼 수 없습니다</translation>
    </message>
    <message>
        <source>The key is in the keyring now. Remove its two lines from the file by hand.</source>
        <translation>키는 이제 키링에 있습니다. 파일에서 두 줄을 직접 지우세요.</translation>
    </message>
    <message>
        <source>{key} is missing or empty in {file}. Add it there.</source>
        <translation>{file}에 {key} 값이 없거나 비어 있습니다. 추가하세요.</translation>
    </message>
    <message>
        <source>The sign-in address that came back cannot be opened</source>
        <translation>돌려받은 로그인 주소를 열 수 없습니다</translation>
    </message>
    <message>
        <source>Try again; report it if it stays.</source>
        <translation>다시 시도하고, 계속되면 알려 주세요.</translation>
    </message>
    <message>
        <source>No browser could be started</source>
        <translation>브라우저를 시작하지 못했습니다</translation>
    </message>
    <message>
        <source>Install xdg-utils and a browser, or set BROWSER to the one you use.</source>
        <translation>xdg-utils와 브라우저를 설치하거나 BROWSER에 쓰는 브라우저를 지정하세요.</translation>
    </message>
    <message>
        <source>No browser opened the sign-in page within a minute</source>
        <translation>1분 안에 로그인 페이지를 연 브라우저가 없습니다</translation>
    </message>
    <message>
        <source>Look for a browser window that waits for an answer.</source>
        <translation>응답을 기다리는 브라우저 창이 있는지 찾아보세요.</translation>
    </message>
    <message>
        <source>{file} belongs to another user and was left as it is</source>
        <translation>{file}은(는) 다른 사용자의 파일이라 그대로 두었습니다</translation>
    </message>
    <message>
        <source>{file} is read-only and was left as it is</source>
        <translation>{file}은(는) 읽기 전용이라 그대로 두었습니다</translation>
    </message>
    <message>
        <source>{file} is not an ordinary file</source>
        <translation>{file}은(는) 일반 파일이 아닙니다</translation>
    </message>
    <message>
        <source>{file} is too large</source>
        <translation>{file}이(가) 너무 큽니다</translation>
    </message>
    <message>
        <source>{file} keeps being changed by another program</source>
        <translation>다른 프로그램이 {file}을(를) 계속 바꾸고 있습니다</translation>
    </message>
    <message>
        <source>{file} is being written by another Rolecall</source>
        <translation>다른 Rolecall이 {file}을(를) 쓰고 있습니다</translation>
    </message>
    <message>
        <source>{file} has other names (hard links), which would keep what it says now</source>
        <translation>{file}에 다른 이름(하드 링크)이 있어 그쪽에는 지금 내용이 그대로 남습니다</translation>
    </message>
    <message>
        <source>Mend that, then try again. Nothing was lost.</source>
        <translation>고친 다음 다시 시도하세요. 잃은 것은 없습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {cause}</source>
        <translation>{file}을(를) 읽을 수 없습니다: {cause}</translation>
    </message>
    <message>
        <source>Make it a file that you may read, or remove it.</source>
        <translation>읽을 수 있는 파일로 만들거나 지우세요.</translation>
    </message>
    <message>
        <source>{file} could not be written: {cause}</source>
        <translation>{file}에 쓰지 못했습니다: {cause}</translation>
    </message>
    <message>
        <source>The file is as it was. Mend the cause, then try again.</source>
        <translation>파일은 그대로입니다. 원인을 고친 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{file} was written, but the disk did not confirm it: {cause}</source>
        <translation>{file}에 썼지만 디스크가 확인해 주지 않았습니다: {cause}</translation>
    </message>
    <message>
        <source>Check the disk, then try again.</source>
        <translation>디스크를 확인한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The kept sessions in {file} cannot be read</source>
        <translation>{file}에 보관된 세션을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>The file was damaged, is of another version, or the keyring has another key by now. It was set aside.</source>
        <translation>파일이 손상되었거나 다른 버전이거나 키링의 키가 바뀌었습니다. 파일은 따로 옮겨 두었습니다.</translation>
    </message>
    <message>
        <source>Sign in again: new sessions are kept as before.</source>
        <translation>다시 로그인하세요. 새 세션은 전과 같이 보관됩니다.</translation>
    </message>
    <message>
        <source>{file} could not be removed: {cause}</source>
        <translation>{file}을(를) 지우지 못했습니다: {cause}</translation>
    </message>
    <message>
        <source>Remove it by hand.</source>
        <translation>직접 지우세요.</translation>
    </message>
    <message>
        <source>The key of profile {name} is a temporary one</source>
        <translation>프로필 {name}의 키는 임시 키입니다</translation>
    </message>
    <message>
        <source>Only an IAM user&apos;s own access key is kept in the keyring.</source>
        <translation>키링에는 IAM 사용자의 액세스 키만 보관합니다.</translation>
    </message>
    <message>
        <source>The keyring already has another access key called {name}</source>
        <translation>키링에 이름이 {name}인 다른 액세스 키가 이미 있습니다</translation>
    </message>
    <message>
        <source>Both were left as they are. Remove the one in the keyring first.</source>
        <translation>둘 다 그대로 두었습니다. 먼저 키링에 있는 키를 제거하세요.</translation>
    </message>
    <message>
        <source>The keyring did not give back the key of {name} as it was put in</source>
        <translation>키링이 {name}의 키를 넣은 그대로 돌려주지 않았습니다</translation>
    </message>
    <message>
        <source>The key stays in its file.</source>
        <translation>키는 파일에 그대로 있습니다.</translation>
    </message>
    <message>
        <source>No profile can be called “{name}”</source>
        <translation>“{name}”은(는) 프로필 이름으로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Name one with --profile NAME: letters, digits and . _ - / @ + : are read alike by all AWS tools.</source>
        <translation>--profile NAME으로 지정하세요. 문자, 숫자, . _ - / @ + :은 모든 AWS 도구가 똑같이 읽습니다.</translation>
    </message>
    <message>
        <source>“{line}” has characters that no file can hold</source>
        <translation>“{line}”에 파일에 담을 수 없는 문자가 있습니다</translation>
    </message>
    <message>
        <source>Give the role&apos;s profile in ~/.aws/config another name.</source>
        <translation>~/.aws/config에서 역할의 프로필에 다른 이름을 붙이세요.</translation>
    </message>
    <message>
        <source>The credentials have characters that no file can hold</source>
        <translation>자격 증명에 파일에 담을 수 없는 문자가 있습니다</translation>
    </message>
    <message>
        <source>Nothing was written. Use “rolecall export”.</source>
        <translation>아무것도 쓰지 않았습니다. “rolecall export”를 쓰세요.</translation>
    </message>
    <message>
        <source>Profile {name} has {key} of its own in {file}</source>
        <translation>{file}의 프로필 {name}에 이미 {key}이(가) 있습니다</translation>
    </message>
    <message>
        <source>AWS tools would take that. Name another profile with --profile, or remove it there.</source>
        <translation>AWS 도구는 그 값을 쓰게 됩니다. --profile로 다른 프로필을 지정하거나 그 값을 지우세요.</translation>
    </message>
    <message>
        <source>{file} has a section of yours for profile {name}</source>
        <translation>{file}에 사용자가 만든 프로필 {name} 섹션이 있습니다</translation>
    </message>
    <message>
        <source>Rolecall changes only sections it wrote. Name another profile with --profile.</source>
        <translation>Rolecall은 직접 쓴 섹션만 바꿉니다. --profile로 다른 프로필을 지정하세요.</translation>
    </message>
    <message>
        <source>Rolecall did not write profile {name} in {file}</source>
        <translation>{file}의 프로필 {name}은(는) Rolecall이 쓴 것이 아닙니다</translation>
    </message>
    <message>
        <source>It was left as it is. Take it out by hand if you want to.</source>
        <translation>그대로 두었습니다. 원하면 직접 지우세요.</translation>
    </message>
    <message>
        <source>Profile {name} in {file} was changed since Rolecall wrote it</source>
        <translation>Rolecall이 쓴 뒤로 {file}의 프로필 {name}이(가) 바뀌었습니다</translation>
    </message>
    <message>
        <source>It was left as it is. Remove its line “# rolecall: owned” to keep it, or the whole section.</source>
        <translation>그대로 두었습니다. 남기려면 “# rolecall: owned” 줄을, 아니면 섹션 전체를 지우세요.</translation>
    </message>
    <message>
        <source>Profile {name} cannot be changed in {file} without touching other lines</source>
        <translation>다른 줄을 건드리지 않고는 {file}의 프로필 {name}을(를) 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>The file was left as it is. Mend what AWS tools refuse in it, then try again.</source>
        <translation>파일은 그대로 두었습니다. AWS 도구가 거부하는 부분을 고친 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text</source>
        <translation>{file}이(가) UTF-8 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>Save it as UTF-8; AWS tools cannot read it as it is.</source>
        <translation>UTF-8로 저장하세요. 지금 상태로는 AWS 도구가 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The path of the socket is too long: {path}</source>
        <translation>소켓의 경로가 너무 깁니다: {path}</translation>
    </message>
    <message>
        <source>Set ROLECALL_HOME (or XDG_RUNTIME_DIR) to a shorter path; {most} bytes are the most.</source>
        <translation>ROLECALL_HOME(또는 XDG_RUNTIME_DIR)을 더 짧은 경로로 설정하세요. 최대 {most}바이트입니다.</translation>
    </message>
    <message>
        <source>The folder {folder} belongs to another user</source>
        <translation>폴더 {folder}은(는) 다른 사용자의 것입니다</translation>
    </message>
    <message>
        <source>Rolecall keeps nothing there. Remove the folder or choose another one.</source>
        <translation>Rolecall은 그곳에 아무것도 두지 않습니다. 폴더를 지우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used: {cause}</source>
        <translation>폴더 {folder}을(를) 쓸 수 없습니다: {cause}</translation>
    </message>
    <message>
        <source>Make it writable for you, or set ROLECALL_HOME.</source>
        <translation>쓸 수 있게 하거나 ROLECALL_HOME을 설정하세요.</translation>
    </message>
    <message>
        <source>The keyring has no access key called {name}</source>
        <translation>키링에 이름이 {name}인 액세스 키가 없습니다</translation>
    </message>
    <message>
        <source>Add the access key again.</source>
        <translation>액세스 키를 다시 추가하세요.</translation>
    </message>
    <message>
        <source>The keyring&apos;s item {name} does not hold an access key</source>
        <translation>키링의 항목 {name}에 액세스 키가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>It was changed by another program or a newer version, and was left alone. Add the access key again to replace it.</source>
        <translation>다른 프로그램이나 더 새로운 버전이 바꾸어 그대로 두었습니다. 액세스 키를 다시 추가하면 바뀝니다.</translation>
    </message>
    <message>
        <source>There is no keyring to keep access keys in</source>
        <translation>액세스 키를 보관할 키링이 없습니다</translation>
    </message>
    <message>
        <source>What was found: {cause}</source>
        <translation>확인된 내용: {cause}</translation>
    </message>
    <message>
        <source>Start or install one, such as gnome-keyring, KWallet or KeePassXC. Keys that stand in ~/.aws/credentials work without it.</source>
        <translation>gnome-keyring, KWallet, KeePassXC와 같은 키링을 시작하거나 설치하세요. ~/.aws/credentials에 있는 키는 키링 없이도 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The keyring is locked</source>
        <translation>키링이 잠겨 있습니다</translation>
    </message>
    <message>
        <source>Unlock it, then try again.</source>
        <translation>잠금을 해제한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The keyring was not unlocked: its question was closed</source>
        <translation>키링의 질문 창이 닫혀 잠금이 해제되지 않았습니다</translation>
    </message>
    <message>
        <source>Try again and unlock it.</source>
        <translation>다시 시도해 잠금을 해제하세요.</translation>
    </message>
    <message>
        <source>The keyring in use is not a safe place: {backend}</source>
        <translation>쓰고 있는 키링은 안전하지 않습니다: {backend}</translation>
    </message>
    <message>
        <source>Rolecall keeps keys in the system&apos;s own keyring only. Remove PYTHON_KEYRING_BACKEND or the setting in keyringrc.cfg that chooses this one.</source>
        <translation>Rolecall은 시스템의 키링에만 키를 보관합니다. 이 키링을 고르는 PYTHON_KEYRING_BACKEND나 keyringrc.cfg의 설정을 지우세요.</translation>
    </message>
    <message>
        <source>The keyring does not work: {cause}</source>
        <translation>키링이 작동하지 않습니다: {cause}</translation>
    </message>
    <message>
        <source>Restart it, then try again.</source>
        <translation>키링을 다시 시작한 다음 시도하세요.</translation>
    </message>
    <message>
        <source>The keyring&apos;s item {name} does not hold a key of ours</source>
        <translation>키링의 항목 {name}에 Rolecall의 키가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>It was changed by another program or a newer version, and was left alone. Remove it in your keyring&apos;s own program to begin anew.</source>
        <translation>다른 프로그램이나 더 새로운 버전이 바꾸어 그대로 두었습니다. 새로 시작하려면 키링 프로그램에서 지우세요.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read</source>
        <translation>{file}의 설정을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>The defaults hold until then.</source>
        <translation>그때까지는 기본값을 씁니다.</translation>
    </message>
    <message>
        <source>Mend line {line}. If a setting is changed first, the file is kept aside.</source>
        <translation>{line}행을 고치세요. 먼저 설정을 바꾸면 파일은 따로 보관됩니다.</translation>
    </message>
    <message>
        <source>A setting in {file} cannot be used</source>
        <translation>{file}에 쓸 수 없는 설정이 있습니다</translation>
    </message>
    <message>
        <source>The defaults hold for: {names}</source>
        <translation>기본값을 쓰는 항목: {names}</translation>
    </message>
    <message>
        <source>Correct it, or choose it anew in the settings.</source>
        <translation>고치거나 설정에서 다시 고르세요.</translation>
    </message>
    <message>
        <source>The settings in {file} could not be saved: {cause}</source>
        <translation>{file}에 설정을 저장하지 못했습니다: {cause}</translation>
    </message>
    <message>
        <source>Start at login could not be changed: {cause}</source>
        <translation>로그인할 때 시작 설정을 바꾸지 못했습니다: {cause}</translation>
    </message>
    <message>
        <source>Make {path} writable for you.</source>
        <translation>{path}에 쓸 수 있게 하세요.</translation>
    </message>
    <message>
        <source>Something went wrong inside Rolecall</source>
        <translation>Rolecall 안에서 문제가 생겼습니다</translation>
    </message>
    <message>
        <source>Try again. The crash report says where it happened.</source>
        <translation>다시 시도하세요. 어디서 생겼는지는 오류 보고서에 있습니다.</translation>
    </message>
    <message>
        <source>The demo did not run</source>
        <translation>데모가 실행되지 않았습니다</translation>
    </message>
    <message>
        <source>“rolecall demo” in a terminal says why.</source>
        <translation>터미널에서 “rolecall demo”를 실행하면 이유를 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Sessions are kept in memory only and end with Rolecall</source>
        <translation>세션은 메모리에만 보관되며 Rolecall과 함께 끝납니다</translation>
    </message>
    <message>
        <source>“{role}” was not given to this program: its user said no</source>
        <translation>사용자가 거절하여 이 프로그램에 “{role}”을(를) 주지 않았습니다</translation>
    </message>
    <message>
        <source>Answers are kept in Rolecall’s settings, under “Programs”.</source>
        <translation>응답은 Rolecall 설정의 “프로그램”에 보관됩니다.</translation>
    </message>
    <message>
        <source>“{role}” asks its user first, and nobody answered in {seconds} seconds</source>
        <translation>“{role}”은(는) 먼저 사용자에게 묻는데 {seconds}초 안에 응답이 없었습니다</translation>
    </message>
    <message>
        <source>Ask again when somebody is there to allow it in Rolecall.</source>
        <translation>Rolecall에서 허용할 사람이 있을 때 다시 요청하세요.</translation>
    </message>
    <message>
        <source>Profile {profile} runs a program that you have not accepted yet</source>
        <translation>프로필 {profile}이(가) 아직 허용하지 않은 프로그램을 실행하려고 합니다</translation>
    </message>
    <message>
        <source>Its {key} line is new or has changed. Nothing runs before you have seen it.</source>
        <translation>{key} 줄이 새것이거나 바뀌었습니다. 확인하기 전에는 아무것도 실행되지 않습니다.</translation>
    </message>
    <message>
        <source>See the line and accept it: sign in from the window, or {command}.</source>
        <translation>줄을 확인하고 허용하세요: 창에서 로그인하거나 {command} 명령을 쓰세요.</translation>
    </message>
    <message>
        <source>AWS did not let “aws login” renew {profile}</source>
        <translation>AWS가 “aws login”의 {profile} 갱신을 허락하지 않았습니다</translation>
    </message>
    <message>
        <source>The user or role needs the policy SignInLocalDevelopmentAccess (signin:CreateOAuth2Token).</source>
        <translation>사용자나 역할에 SignInLocalDevelopmentAccess 정책(signin:CreateOAuth2Token)이 필요합니다.</translation>
    </message>
    <message>
        <source>{profile} uses “aws login”, and a part for that is not installed</source>
        <translation>{profile}은(는) “aws login”을 쓰는데, 그에 필요한 구성 요소가 설치되어 있지 않습니다</translation>
    </message>
    <message>
        <source>Install Rolecall with its “login” extra (pipx install &apos;rolecall[login]&apos;, 4 MB), or write a profile with credential_process = aws configure export-credentials --profile {profile}.</source>
        <translation>“login” 추가 구성 요소와 함께 Rolecall을 설치하거나(pipx install &apos;rolecall[login]&apos;, 4MB), credential_process = aws configure export-credentials --profile {profile} 줄이 있는 프로필을 만드세요.</translation>
    </message>
    <message>
        <source>{profile} needs you to sign in with “aws login”</source>
        <translation>{profile}은(는) “aws login”으로 로그인해야 합니다</translation>
    </message>
    <message>
        <source>Run “aws login --profile {profile}”, then try again. It lasts up to 12 hours.</source>
        <translation>“aws login --profile {profile}”을 실행한 뒤 다시 시도하세요. 최대 12시간 유지됩니다.</translation>
    </message>
    <message>
        <source>{profile} starts from the environment, and there are no keys in it</source>
        <translation>{profile}은(는) 환경 변수에서 시작하는데, 그 안에 키가 없습니다</translation>
    </message>
    <message>
        <source>Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where you run “rolecall”. The window sees only the environment that Rolecall was started with.</source>
        <translation>“rolecall”을 실행하는 곳에 AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY를 설정하세요. 창은 Rolecall이 시작될 때의 환경만 봅니다.</translation>
    </message>
    <message>
        <source>{profile} starts from the environment, and the keys in it are incomplete</source>
        <translation>{profile}은(는) 환경 변수에서 시작하는데, 그 안의 키가 완전하지 않습니다</translation>
    </message>
    <message>
        <source>Set AWS_SECRET_ACCESS_KEY too; AWS_CREDENTIAL_EXPIRATION, if there, as 2026-01-31T12:00:00Z.</source>
        <translation>AWS_SECRET_ACCESS_KEY도 설정하세요. AWS_CREDENTIAL_EXPIRATION이 있다면 2026-01-31T12:00:00Z 형식이어야 합니다.</translation>
    </message>
    <message>
        <source>{profile} starts from a container’s role, and this is no such container</source>
        <translation>{profile}은(는) 컨테이너의 역할에서 시작하는데, 여기는 그런 컨테이너가 아닙니다</translation>
    </message>
    <message>
        <source>AWS sets AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI there. The window sees only the environment that Rolecall was started with.</source>
        <translation>그곳에서는 AWS가 AWS_CONTAINER_CREDENTIALS_RELATIVE_URI나 AWS_CONTAINER_CREDENTIALS_FULL_URI를 설정합니다. 창은 Rolecall이 시작될 때의 환경만 봅니다.</translation>
    </message>
    <message>
        <source>The container’s settings for {profile} cannot be used</source>
        <translation>{profile}에 쓸 컨테이너 설정을 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>AWS_CONTAINER_CREDENTIALS_FULL_URI has to begin with https, or name this machine; the token file has to be readable.</source>
        <translation>AWS_CONTAINER_CREDENTIALS_FULL_URI는 https로 시작하거나 이 컴퓨터를 가리켜야 하고, 토큰 파일은 읽을 수 있어야 합니다.</translation>
    </message>
    <message>
        <source>The container’s credentials for {profile} were not to be had</source>
        <translation>{profile}에 쓸 컨테이너의 자격 증명을 얻지 못했습니다</translation>
    </message>
    <message>
        <source>The address in AWS_CONTAINER_CREDENTIALS_FULL_URI does not answer, or refuses the token.</source>
        <translation>AWS_CONTAINER_CREDENTIALS_FULL_URI의 주소가 응답하지 않거나 토큰을 거부합니다.</translation>
    </message>
    <message>
        <source>{profile} starts from this machine’s role, and that is switched off</source>
        <translation>{profile}은(는) 이 컴퓨터의 역할에서 시작하는데, 그 기능이 꺼져 있습니다</translation>
    </message>
    <message>
        <source>Take AWS_EC2_METADATA_DISABLED out of the environment.</source>
        <translation>환경에서 AWS_EC2_METADATA_DISABLED를 빼세요.</translation>
    </message>
    <message>
        <source>The metadata settings of {profile} cannot be used</source>
        <translation>{profile}의 메타데이터 설정을 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Check ec2_metadata_service_endpoint, ec2_metadata_service_endpoint_mode and the metadata_service_ keys.</source>
        <translation>ec2_metadata_service_endpoint, ec2_metadata_service_endpoint_mode와 metadata_service_ 키를 확인하세요.</translation>
    </message>
    <message>
        <source>{profile} starts from this machine’s role, and this machine has none</source>
        <translation>{profile}은(는) 이 컴퓨터의 역할에서 시작하는데, 이 컴퓨터에는 역할이 없습니다</translation>
    </message>
    <message>
        <source>Only a machine in EC2 with a role attached has one. In a container there, the hop limit of its metadata options has to be 2.</source>
        <translation>역할이 연결된 EC2 인스턴스에만 있습니다. 그 안의 컨테이너라면 메타데이터 옵션의 홉 제한이 2여야 합니다.</translation>
    </message>
    <message>
        <source>{program}, the helper of {profile}, ended with exit code {status}</source>
        <translation>{profile}의 도우미 {program}이(가) 종료 코드 {status}(으)로 끝났습니다</translation>
    </message>
    <message>
        <source>{program}, the helper of {profile}, was ended by signal {status}</source>
        <translation>{profile}의 도우미 {program}이(가) 시그널 {status}(으)로 종료되었습니다</translation>
    </message>
    <message>
        <source>What it said is not shown or kept: such programs print passwords and tokens.</source>
        <translation>그 출력은 보여 주거나 보관하지 않습니다. 이런 프로그램은 비밀번호와 토큰을 출력하기도 합니다.</translation>
    </message>
    <message>
        <source>Run the line yourself in a terminal to see what it says; it stands after credential_process in the profile.</source>
        <translation>터미널에서 그 줄을 직접 실행해 출력을 확인하세요. 프로필의 credential_process 뒤에 있습니다.</translation>
    </message>
    <message>
        <source>{program}, the helper of {profile}, gave no answer in {seconds} seconds</source>
        <translation>{profile}의 도우미 {program}이(가) {seconds}초 안에 답하지 않았습니다</translation>
    </message>
    <message>
        <source>It was ended. A helper gets no terminal: if it asks something there, let it ask in a window.</source>
        <translation>도우미를 종료했습니다. 도우미에는 터미널이 없으니, 물을 것이 있으면 창으로 묻게 하세요.</translation>
    </message>
    <message>
        <source>{program}, the helper of {profile}, could not be started</source>
        <translation>{profile}의 도우미 {program}을(를) 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>{program}, the helper of {profile}, is not there</source>
        <translation>{profile}의 도우미 {program}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Give its whole path in credential_process, in double quotes if it has blanks. No shell runs the line: “~” and “$NAME” stay as they are.</source>
        <translation>credential_process에 전체 경로를 쓰고, 공백이 있으면 큰따옴표로 감싸세요. 셸이 실행하지 않으므로 “~”와 “$NAME”은 그대로 전달됩니다.</translation>
    </message>
    <message>
        <source>The helper of {profile} asks for {profile} again</source>
        <translation>{profile}의 도우미가 다시 {profile}을(를) 요청합니다</translation>
    </message>
    <message>
        <source>Its credential_process leads back to Rolecall. Name the profile it should start from in source_profile instead.</source>
        <translation>credential_process가 Rolecall로 되돌아옵니다. 대신 시작할 프로필을 source_profile에 쓰세요.</translation>
    </message>
    <message>
        <source>The credential_process line of {profile} cannot be read</source>
        <translation>{profile}의 credential_process 줄을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>A quotation mark in it has no partner. Add it.</source>
        <translation>짝이 없는 따옴표가 있습니다. 짝을 맞추세요.</translation>
    </message>
    <message>
        <source>What {profile} starts from gave no credentials that could be read</source>
        <translation>{profile}의 시작점에서 읽을 수 있는 자격 증명을 받지 못했습니다</translation>
    </message>
    <message>
        <source>It has to be JSON with Version 1, AccessKeyId and SecretAccessKey, and SessionToken if they are temporary.</source>
        <translation>Version 1, AccessKeyId, SecretAccessKey와, 임시 자격 증명이면 SessionToken이 있는 JSON이어야 합니다.</translation>
    </message>
    <message>
        <source>The answer was damaged on the way, or came from something else.</source>
        <translation>답이 전달되는 도중에 손상되었거나 다른 곳에서 왔습니다.</translation>
    </message>
    <message>
        <source>What {profile} starts from gave credentials that are over</source>
        <translation>{profile}의 시작점에서 이미 만료된 자격 증명을 주었습니다</translation>
    </message>
    <message>
        <source>Renew them there, and check the clock of this computer.</source>
        <translation>그곳에서 갱신하고 이 컴퓨터의 시계를 확인하세요.</translation>
    </message>
    <message>
        <source>What {profile} starts from does not say in which time zone it ends</source>
        <translation>{profile}의 시작점에서 만료 시각의 시간대를 알려 주지 않습니다</translation>
    </message>
    <message>
        <source>Its Expiration has to end in Z, as 2026-01-31T12:00:00Z.</source>
        <translation>Expiration은 2026-01-31T12:00:00Z처럼 Z로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>An own role in {file} cannot be read</source>
        <translation>{file}의 직접 추가한 역할 하나를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Mend line {line}; it is no TOML. The other roles are listed.</source>
        <translation>{line}행이 TOML 형식이 아닙니다. 그 줄을 고치세요. 다른 역할은 목록에 있습니다.</translation>
    </message>
    <message>
        <source>The own roles in {file} cannot be read</source>
        <translation>{file}의 직접 추가한 역할을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Line {line} is not UTF-8. Save the file as UTF-8.</source>
        <translation>{line}행이 UTF-8이 아닙니다. 파일을 UTF-8로 저장하세요.</translation>
    </message>
    <message>
        <source>{key} in {file} belongs to no role</source>
        <translation>{file}의 {key}에 해당하는 역할이 없습니다</translation>
    </message>
    <message>
        <source>Put it below a line with the role’s name: [NAME].</source>
        <translation>역할 이름이 있는 줄([NAME]) 아래에 두세요.</translation>
    </message>
    <message>
        <source>A role cannot be called “{name}”</source>
        <translation>역할 이름으로 “{name}”을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Take 1 to 128 characters, none of them invisible, no blank at the ends, no hyphen first.</source>
        <translation>보이지 않는 문자 없이 1~128자로 쓰세요. 양 끝에 공백을 두거나 하이픈으로 시작할 수 없습니다.</translation>
    </message>
    <message>
        <source>The own role {name} has a secret in {file}</source>
        <translation>직접 추가한 역할 {name}의 비밀 값이 {file}에 있습니다</translation>
    </message>
    <message>
        <source>Remove {key} there. Add the key in Rolecall: it goes into the keyring.</source>
        <translation>거기서 {key}을(를) 지우세요. 키는 Rolecall에서 추가하면 키링에 보관됩니다.</translation>
    </message>
    <message>
        <source>The own role {name} in {file} is left out: it has an unknown key, {key}</source>
        <translation>{file}의 직접 추가한 역할 {name}은(는) 목록에서 빠졌습니다. 알 수 없는 키 {key}이(가) 있습니다</translation>
    </message>
    <message>
        <source>Write {near} if that is meant, or remove the key. The role begins in line {line}.</source>
        <translation>{near}을(를) 뜻했다면 그렇게 쓰고, 아니면 그 키를 지우세요. 역할은 {line}행에서 시작합니다.</translation>
    </message>
    <message>
        <source>Remove the key, or make a comment of it. The role begins in line {line}.</source>
        <translation>그 키를 지우거나 주석으로 만드세요. 역할은 {line}행에서 시작합니다.</translation>
    </message>
    <message>
        <source>{key} of the own role {name} in {file} is no text</source>
        <translation>{file}에서 직접 추가한 역할 {name}의 {key} 값이 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>Write it as text in quotes. A name with a dot needs quotes too: [&quot;a.b&quot;].</source>
        <translation>따옴표로 묶은 텍스트로 쓰세요. 점이 있는 이름에도 따옴표가 필요합니다: [&quot;a.b&quot;].</translation>
    </message>
    <message>
        <source>The own role {name} has the name of an AWS profile</source>
        <translation>직접 추가한 역할 {name}의 이름이 AWS 프로필과 같습니다</translation>
    </message>
    <message>
        <source>The profile is listed. Give the own role another name in roles.toml.</source>
        <translation>목록에는 프로필이 나옵니다. roles.toml에서 역할 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>Two own roles in {file} are called {name}</source>
        <translation>{file}에 이름이 {name}인 직접 추가한 역할이 둘 있습니다</translation>
    </message>
    <message>
        <source>Neither is listed. Give one of them another name.</source>
        <translation>둘 다 목록에 나오지 않습니다. 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>Port {port} of this computer is taken</source>
        <translation>이 컴퓨터의 포트 {port}은(는) 이미 사용 중입니다</translation>
    </message>
    <message>
        <source>The sign-in page sends the browser back there, and another program has it.</source>
        <translation>로그인 페이지가 브라우저를 그곳으로 되돌려 보내는데, 다른 프로그램이 사용하고 있습니다.</translation>
    </message>
    <message>
        <source>End that program, or register another port with the provider and enter it here.</source>
        <translation>그 프로그램을 종료하거나, 공급자에 다른 포트를 등록한 뒤 여기에 입력하세요.</translation>
    </message>
    <message>
        <source>The browser did not come back from the sign-in page</source>
        <translation>브라우저가 로그인 페이지에서 돌아오지 않았습니다</translation>
    </message>
    <message>
        <source>Try again and finish the sign-in there.</source>
        <translation>다시 시도하여 그곳에서 로그인을 마치세요.</translation>
    </message>
    <message>
        <source>The sign-in was not finished</source>
        <translation>로그인이 완료되지 않았습니다</translation>
    </message>
    <message>
        <source>Sign in again when you are ready.</source>
        <translation>준비되면 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Back to Rolecall</source>
        <translation>Rolecall로 돌아가세요</translation>
    </message>
    <message>
        <source>You can close this window. Rolecall does the rest.</source>
        <translation>이 창을 닫아도 됩니다. 나머지는 Rolecall이 합니다.</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>로그인되지 않았습니다</translation>
    </message>
    <message>
        <source>You can close this window. Rolecall says why.</source>
        <translation>이 창을 닫아도 됩니다. 이유는 Rolecall에 표시됩니다.</translation>
    </message>
    <message>
        <source>This is not the sign-in Rolecall waits for</source>
        <translation>Rolecall이 기다리는 로그인이 아닙니다</translation>
    </message>
    <message>
        <source>Nothing was taken from it. Go on in the window that Rolecall opened, or begin again.</source>
        <translation>여기서는 아무것도 받지 않았습니다. Rolecall이 연 창에서 계속하거나 다시 시작하세요.</translation>
    </message>
    <message>
        <source>It looks like eu-west-1:12345678-1234-1234-1234-123456789012.</source>
        <translation>eu-west-1:12345678-1234-1234-1234-123456789012와 같은 모양입니다.</translation>
    </message>
    <message>
        <source>It is enhanced (the pool chooses the role) or basic (the entry names it).</source>
        <translation>enhanced(풀이 역할을 고름) 또는 basic(항목이 역할을 지정함)입니다.</translation>
    </message>
    <message>
        <source>The basic flow needs role_arn: the role to take.</source>
        <translation>기본 흐름에는 맡을 역할인 role_arn이 필요합니다.</translation>
    </message>
    <message>
        <source>The setting {key} of {entry} does not fit</source>
        <translation>{entry}의 설정 {key}이(가) 맞지 않습니다</translation>
    </message>
    <message>
        <source>It is one of oidc, google, amazon and facebook, or is left out.</source>
        <translation>oidc, google, amazon, facebook 중 하나이거나 생략합니다.</translation>
    </message>
    <message>
        <source>It is the provider&apos;s address, exactly as IAM has it, and begins with https://.</source>
        <translation>IAM에 등록된 것과 똑같은 공급자의 주소이며 https://로 시작합니다.</translation>
    </message>
    <message>
        <source>It is what the provider calls this program: register one there and enter its id.</source>
        <translation>공급자가 이 프로그램을 부르는 이름입니다. 공급자에 프로그램을 등록하고 그 ID를 입력하세요.</translation>
    </message>
    <message>
        <source>It is the port of the registered loopback address, or 0 for any.</source>
        <translation>등록한 루프백 주소의 포트이거나, 아무 포트나 쓰려면 0입니다.</translation>
    </message>
    <message>
        <source>AWS did not accept these two codes</source>
        <translation>AWS가 이 두 코드를 받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>They have to be two codes in a row, the second typed soon after it appears. Wait for a new code and begin again with it. If it keeps happening, check this device&apos;s clock.</source>
        <translation>연속된 두 코드여야 하고, 두 번째 코드는 나타난 직후에 입력해야 합니다. 새 코드를 기다렸다가 그 코드부터 다시 시작하세요. 계속 거절되면 이 디바이스의 시계를 확인하세요.</translation>
    </message>
    <message>
        <source>There is already a device of this name in the account</source>
        <translation>이 계정에 같은 이름의 디바이스가 이미 있습니다</translation>
    </message>
    <message>
        <source>Choose another name, or delete that device first.</source>
        <translation>다른 이름을 고르거나 그 디바이스를 먼저 삭제하세요.</translation>
    </message>
    <message>
        <source>The device is in use</source>
        <translation>디바이스가 사용 중입니다</translation>
    </message>
    <message>
        <source>Take it from its user first, then delete it.</source>
        <translation>먼저 사용자에게서 해제한 뒤 삭제하세요.</translation>
    </message>
    <message>
        <source>AWS does not know this key or device any more</source>
        <translation>AWS에 이 키나 디바이스가 더 이상 없습니다</translation>
    </message>
    <message>
        <source>Somebody may have deleted it. Look in IAM.</source>
        <translation>누군가 삭제했을 수 있습니다. IAM에서 확인하세요.</translation>
    </message>
    <message>
        <source>The account has as many of these as AWS allows</source>
        <translation>AWS가 허용하는 개수를 모두 쓰고 있습니다</translation>
    </message>
    <message>
        <source>A user has two access keys and eight MFA devices at most. Delete one first.</source>
        <translation>한 사용자는 액세스 키 2개, MFA 디바이스 8개까지 가질 수 있습니다. 먼저 하나를 삭제하세요.</translation>
    </message>
    <message>
        <source>AWS is still busy with an earlier change</source>
        <translation>AWS가 앞선 변경을 아직 처리하고 있습니다</translation>
    </message>
    <message>
        <source>AWS does not let {name} do this</source>
        <translation>AWS가 {name}에게 이 작업을 허용하지 않습니다</translation>
    </message>
    <message>
        <source>What is missing: {action}</source>
        <translation>필요한 권한: {action}</translation>
    </message>
    <message>
        <source>Have an administrator allow it for your own user. Where the policy asks for MFA, a session with a code is needed.</source>
        <translation>관리자에게 본인 사용자에 대한 권한을 요청하세요. 정책이 MFA를 요구하면 코드로 연 세션이 필요합니다.</translation>
    </message>
    <message>
        <source>The new key cannot be written into {file}</source>
        <translation>새 키를 {file}에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The file was left as it is, and the old key still works. Write each of the two values of the key on one line, then try again.</source>
        <translation>파일은 그대로 두었고 이전 키도 계속 쓸 수 있습니다. 키의 두 값을 각각 한 줄로 적은 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Only an IAM user’s own long-lived key can be rotated.</source>
        <translation>IAM 사용자 본인의 장기 키만 교체할 수 있습니다.</translation>
    </message>
    <message>
        <source>The new key of {name} is not where it was put</source>
        <translation>{name}의 새 키가 넣어 둔 자리에 없습니다</translation>
    </message>
    <message>
        <source>Both keys work, and both are kept. Another program may write there too; try again.</source>
        <translation>두 키 모두 유효하고 모두 보관되어 있습니다. 다른 프로그램이 같은 곳에 쓰는 중일 수 있습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The rotation of {name} does not get on</source>
        <translation>{name}의 키 교체가 진행되지 않습니다</translation>
    </message>
    <message>
        <source>Look at the user’s keys in IAM, then try again.</source>
        <translation>IAM에서 사용자의 키를 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Sign in at your company again, and copy the SAMLResponse of the request to …/saml as a whole.</source>
        <translation>회사 로그인을 다시 한 뒤, …/saml로 보낸 요청의 SAMLResponse를 통째로 복사하세요.</translation>
    </message>
    <message>
        <source>Sign in at your company again for a new one. If you just did, check this computer&apos;s clock.</source>
        <translation>회사 로그인을 다시 하여 새로 받으세요. 방금 로그인했다면 이 컴퓨터의 시계를 확인하세요.</translation>
    </message>
    <message>
        <source>Whoever runs your company&apos;s sign-in page can see to it.</source>
        <translation>회사 로그인 페이지의 관리자가 해결할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no SAML response yet</source>
        <translation>아직 SAML 응답이 없습니다</translation>
    </message>
    <message>
        <source>This is more than {largest} million characters, too much to look through</source>
        <translation>{largest}백만 자가 넘어 살펴보기에 너무 깁니다</translation>
    </message>
    <message>
        <source>This is not text, so no SAML response is in it</source>
        <translation>텍스트가 아니므로 SAML 응답이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>Choose the page as it was saved, a recording of the network (.har) or a text file.</source>
        <translation>저장한 페이지, 네트워크 기록(.har) 또는 텍스트 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>No SAML response is in this text</source>
        <translation>이 텍스트에는 SAML 응답이 없습니다</translation>
    </message>
    <message>
        <source>It is a long run of letters and digits that mostly begins with PHNhbWxw or PD94. Copy it from the request to …/saml, form field SAMLResponse.</source>
        <translation>SAML 응답은 보통 PHNhbWxw나 PD94로 시작하는 긴 글자와 숫자입니다. …/saml로 보낸 요청의 SAMLResponse 필드에서 복사하세요.</translation>
    </message>
    <message>
        <source>No SAML response is in this text, and no file has this name</source>
        <translation>이 텍스트에는 SAML 응답이 없고, 이런 이름의 파일도 없습니다</translation>
    </message>
    <message>
        <source>A name without a path is looked for in {folder}. A response is a long run of letters and digits that mostly begins with PHNhbWxw or PD94.</source>
        <translation>경로 없는 이름은 {folder}에서 찾습니다. SAML 응답은 보통 PHNhbWxw나 PD94로 시작하는 긴 글자와 숫자입니다.</translation>
    </message>
    <message>
        <source>This is the address of a page, not the response sent to it</source>
        <translation>페이지의 주소일 뿐, 그곳으로 보낸 응답이 아닙니다</translation>
    </message>
    <message>
        <source>In the developer tools&apos; network list choose the request to …/saml and copy its payload.</source>
        <translation>개발자 도구의 네트워크 목록에서 …/saml 요청을 골라 페이로드를 복사하세요.</translation>
    </message>
    <message>
        <source>This is the question to the sign-in page, not its answer</source>
        <translation>로그인 페이지에 보내는 질문이지 그 답이 아닙니다</translation>
    </message>
    <message>
        <source>Copy SAMLResponse, which is sent after you signed in.</source>
        <translation>로그인한 뒤에 전송되는 SAMLResponse를 복사하세요.</translation>
    </message>
    <message>
        <source>The SAMLResponse in this text cannot be decoded</source>
        <translation>이 텍스트의 SAMLResponse를 디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>The SAML response is cut off</source>
        <translation>SAML 응답이 중간에 잘렸습니다</translation>
    </message>
    <message>
        <source>Developer tools shorten long values: use Copy value, or copy the request as cURL.</source>
        <translation>개발자 도구는 긴 값을 줄여 보여 줍니다. ‘값 복사’를 쓰거나 요청을 cURL로 복사하세요.</translation>
    </message>
    <message>
        <source>The SAML response has {length} characters; AWS takes {longest} at most</source>
        <translation>SAML 응답이 {length}자입니다. AWS는 최대 {longest}자까지 받습니다</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in page has to name fewer roles or groups in it.</source>
        <translation>회사 로그인 페이지가 응답에 담는 역할이나 그룹을 줄여야 합니다.</translation>
    </message>
    <message>
        <source>This decodes to a document that is not a SAML response</source>
        <translation>디코딩하면 SAML 응답이 아닌 문서가 나옵니다</translation>
    </message>
    <message>
        <source>This document declares entities, which no SAML response does</source>
        <translation>이 문서는 SAML 응답에는 없는 엔터티를 선언합니다</translation>
    </message>
    <message>
        <source>Do not use it. Ask where it came from.</source>
        <translation>사용하지 말고, 어디에서 온 것인지 확인하세요.</translation>
    </message>
    <message>
        <source>This is the inner part of a SAML response; AWS wants it whole</source>
        <translation>SAML 응답의 안쪽 부분입니다. AWS에는 전체가 필요합니다</translation>
    </message>
    <message>
        <source>The SAML response is encrypted, so its roles cannot be read</source>
        <translation>SAML 응답이 암호화되어 역할을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Give this entry a role_arn and a saml_provider_arn; AWS can read the rest.</source>
        <translation>이 항목에 role_arn과 saml_provider_arn을 적으세요. 나머지는 AWS가 읽습니다.</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in page did not sign you in ({status})</source>
        <translation>회사 로그인 페이지에서 로그인하지 못했습니다({status})</translation>
    </message>
    <message>
        <source>The SAML response is not signed, so AWS will not take it</source>
        <translation>SAML 응답에 서명이 없어 AWS가 받지 않습니다</translation>
    </message>
    <message>
        <source>The SAML response names no AWS role</source>
        <translation>SAML 응답에 AWS 역할이 없습니다</translation>
    </message>
    <message>
        <source>It may be meant for another application: choose AWS on the sign-in page. Else ask its administrator to give you a role.</source>
        <translation>다른 애플리케이션용일 수 있습니다. 로그인 페이지에서 AWS를 선택하세요. 아니라면 관리자에게 역할을 요청하세요.</translation>
    </message>
    <message>
        <source>The SAML response is meant for {recipient}, not for AWS</source>
        <translation>SAML 응답의 대상이 AWS가 아니라 {recipient}입니다</translation>
    </message>
    <message>
        <source>Choose the AWS application on your company&apos;s sign-in page.</source>
        <translation>회사 로그인 페이지에서 AWS 애플리케이션을 선택하세요.</translation>
    </message>
    <message>
        <source>The SAML response is for the audience {audience}, not AWS</source>
        <translation>SAML 응답의 Audience가 AWS가 아니라 {audience}입니다</translation>
    </message>
    <message>
        <source>The SAML response lacks a RoleSessionName that AWS takes</source>
        <translation>SAML 응답에 AWS가 받는 RoleSessionName이 없습니다</translation>
    </message>
    <message>
        <source>The SAML response is {minutes} minutes old; AWS takes it for five</source>
        <translation>SAML 응답이 나온 지 {minutes}분 되었습니다. AWS는 5분까지만 받습니다</translation>
    </message>
    <message>
        <source>The SAML response has ended by its own terms</source>
        <translation>SAML 응답에 적힌 유효 기간이 지났습니다</translation>
    </message>
    <message>
        <source>The SAML response does not name {role} with {provider}</source>
        <translation>SAML 응답에 {provider}의 {role} 역할이 없습니다</translation>
    </message>
    <message>
        <source>The SAML response does not name the role {role}</source>
        <translation>SAML 응답에 {role} 역할이 없습니다</translation>
    </message>
    <message>
        <source>Sign in as the user who has this role, or ask the sign-in page&apos;s administrator.</source>
        <translation>이 역할을 가진 사용자로 로그인하거나 로그인 페이지 관리자에게 문의하세요.</translation>
    </message>
    <message>
        <source>The SAML response names {count} roles; choose one</source>
        <translation>SAML 응답에 역할이 {count}개 있습니다. 하나를 선택하세요</translation>
    </message>
    <message>
        <source>Give this entry a role_arn, or choose in the window.</source>
        <translation>이 항목에 role_arn을 적거나 창에서 선택하세요.</translation>
    </message>
    <message>
        <source>Profile {name} lacks {key}, which {kind} needs</source>
        <translation>프로필 {name}에 {kind}에 필요한 {key}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Add the line {key} = … to it.</source>
        <translation>{key} = … 줄을 추가하세요.</translation>
    </message>
    <message>
        <source>Profile {name} names the sso_session {session}, which does not exist</source>
        <translation>프로필 {name}이(가) 가리키는 sso_session {session}이(가) 없습니다</translation>
    </message>
    <message>
        <source>Add a section [sso-session {session}] with sso_start_url and sso_region.</source>
        <translation>sso_start_url과 sso_region이 있는 [sso-session {session}] 섹션을 추가하세요.</translation>
    </message>
    <message>
        <source>Profile {name} and its sso_session disagree about {key}</source>
        <translation>프로필 {name}과(와) 그 sso_session의 {key} 값이 서로 다릅니다</translation>
    </message>
    <message>
        <source>AWS tools refuse that. Remove the line from the profile.</source>
        <translation>AWS 도구는 이를 거부합니다. 프로필에서 그 줄을 지우세요.</translation>
    </message>
    <message>
        <source>Profile {name} has a credential_source nobody knows</source>
        <translation>프로필 {name}의 credential_source는 알 수 없는 값입니다</translation>
    </message>
    <message>
        <source>It says “{source}”. Write Environment, EcsContainer or Ec2InstanceMetadata.</source>
        <translation>“{source}”(이)라고 되어 있습니다. Environment, EcsContainer, Ec2InstanceMetadata 중 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>AWS’s call {call} takes no session policy.</source>
        <translation>AWS의 {call} 호출은 세션 정책을 받지 않습니다.</translation>
    </message>
    <message>
        <source>Name a role that starts from it, or leave the policy out.</source>
        <translation>여기서 시작하는 역할을 지정하거나 정책을 빼세요.</translation>
    </message>
    <message>
        <source>Narrow a role that starts from it, or take another permission set, that allows less.</source>
        <translation>여기서 시작하는 역할의 권한을 줄이거나, 더 적게 허용하는 다른 권한 세트를 쓰세요.</translation>
    </message>
    <message>
        <source>Narrow a role that starts from it, or use the basic flow (cognito_flow = basic), which takes one.</source>
        <translation>여기서 시작하는 역할의 권한을 줄이거나, 세션 정책을 받는 기본 흐름(cognito_flow = basic)을 쓰세요.</translation>
    </message>
    <message>
        <source>Its task policy is all that it may do. Leave the session policy out.</source>
        <translation>작업 정책에 있는 것만 할 수 있습니다. 세션 정책을 빼세요.</translation>
    </message>
    <message>
        <source>Its credentials are used as they are given: no call is made that takes one.</source>
        <translation>자격 증명은 받은 그대로 쓰입니다. 세션 정책을 받는 호출이 없습니다.</translation>
    </message>
    <message>
        <source>{role} has to start from an IAM user&apos;s own access key</source>
        <translation>{role}은(는) IAM 사용자 자신의 액세스 키에서 시작해야 합니다</translation>
    </message>
    <message>
        <source>AWS gives no federation token to a role. Name a key as source_profile.</source>
        <translation>AWS는 역할에 페더레이션 토큰을 주지 않습니다. source_profile에 키를 지정하세요.</translation>
    </message>
    <message>
        <source>The sign-in of {source} is over</source>
        <translation>{source}의 로그인이 만료되었습니다</translation>
    </message>
    <message>
        <source>{source} needs a sign-in in the browser, and there is nobody to ask</source>
        <translation>{source}은(는) 브라우저 로그인이 필요하지만 물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>Run “rolecall login {source}” in a terminal, or start Rolecall.</source>
        <translation>터미널에서 “rolecall login {source}”을(를) 실행하거나 Rolecall을 시작하세요.</translation>
    </message>
    <message>
        <source>There is no web identity token in {file}</source>
        <translation>{file}에 웹 자격 증명 토큰이 없습니다</translation>
    </message>
    <message>
        <source>Correct web_identity_token_file in profile {profile}, or start what writes that file.</source>
        <translation>프로필 {profile}의 web_identity_token_file을 고치거나, 그 파일을 쓰는 프로그램을 시작하세요.</translation>
    </message>
    <message>
        <source>An own role has no key “{key}”</source>
        <translation>직접 추가한 역할에는 “{key}” 키가 없습니다</translation>
    </message>
    <message>
        <source>Write {near} if that is meant. The keys are: {keys}</source>
        <translation>{near}을(를) 뜻했다면 그렇게 쓰세요. 키 목록: {keys}</translation>
    </message>
    <message>
        <source>Write KEY=VALUE. The keys are: {keys}</source>
        <translation>KEY=VALUE로 쓰세요. 쓸 수 있는 키: {keys}</translation>
    </message>
    <message>
        <source>{key} has no value</source>
        <translation>{key}에 값이 없습니다</translation>
    </message>
    <message>
        <source>Write it as {key}=VALUE.</source>
        <translation>{key}=VALUE로 쓰세요.</translation>
    </message>
    <message>
        <source>{key} cannot be taken as it is</source>
        <translation>{key}을(를) 그대로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>{key} has no place in an own role: roles.toml holds no secret</source>
        <translation>{key}은(는) 직접 추가한 역할에 둘 수 없습니다. roles.toml에는 비밀 값을 두지 않습니다</translation>
    </message>
    <message>
        <source>Add the role without it; “rolecall client-secret ROLE” then puts it into the keyring.</source>
        <translation>그것 없이 역할을 추가하세요. 그다음 “rolecall client-secret ROLE”이 키링에 넣습니다.</translation>
    </message>
    <message>
        <source>“rolecall key add NAME” puts the access key into the keyring; start from it with source_profile=NAME.</source>
        <translation>“rolecall key add NAME”이 액세스 키를 키링에 넣습니다. source_profile=NAME으로 그 키에서 시작하세요.</translation>
    </message>
    <message>
        <source>Leave it out: Rolecall gets sessions itself, and asks for no password.</source>
        <translation>빼세요. Rolecall은 세션을 직접 받고 비밀번호를 묻지 않습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be read</source>
        <translation>{file}을(를) 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>There is an own role {name} already</source>
        <translation>직접 추가한 역할 {name}이(가) 이미 있습니다</translation>
    </message>
    <message>
        <source>Change it with --replace, or take another name.</source>
        <translation>--replace로 바꾸거나 다른 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>Give it another name: an AWS profile is never hidden.</source>
        <translation>다른 이름을 쓰세요. AWS 프로필은 가려지지 않습니다.</translation>
    </message>
    <message>
        <source>There is no own role {name} in {file}</source>
        <translation>{file}에 직접 추가한 역할 {name}이(가) 없습니다</translation>
    </message>
    <message>
        <source>“rolecall role list” shows those there are.</source>
        <translation>“rolecall role list”에 있는 역할이 나옵니다.</translation>
    </message>
    <message>
        <source>Which file? {tool} keeps its roles in the browser</source>
        <translation>어느 파일인가요? {tool}은(는) 역할을 브라우저에 보관합니다</translation>
    </message>
    <message>
        <source>Copy its configuration into a file and name that file in the command.</source>
        <translation>설정을 파일에 복사하고 명령에 그 파일을 적으세요.</translation>
    </message>
    <message>
        <source>Nothing was added</source>
        <translation>추가된 것이 없습니다</translation>
    </message>
    <message>
        <source>Say yes in a terminal, or give --yes.</source>
        <translation>터미널에서 y로 답하거나 --yes를 쓰세요.</translation>
    </message>
    <message>
        <source>{name} cannot be exported: no AWS tool reads {key}</source>
        <translation>{name}을(를) 내보낼 수 없습니다. {key}을(를) 읽는 AWS 도구가 없습니다</translation>
    </message>
    <message>
        <source>{name} cannot be exported: it starts from {start}</source>
        <translation>{name}을(를) 내보낼 수 없습니다: {start}에서 시작합니다</translation>
    </message>
    <message>
        <source>“rolecall wire {name}” writes a profile that asks Rolecall instead.</source>
        <translation>대신 “rolecall wire {name}”이 Rolecall에 묻는 프로필을 씁니다.</translation>
    </message>
    <message>
        <source>There is nothing to import in {file}</source>
        <translation>{file}에 가져올 것이 없습니다</translation>
    </message>
    <message>
        <source>Name the file that the other tool wrote.</source>
        <translation>다른 도구가 쓴 파일을 적으세요.</translation>
    </message>
    <message>
        <source>{file} is not in the form of that tool</source>
        <translation>{file}은(는) 그 도구의 형식이 아닙니다</translation>
    </message>
    <message>
        <source>Look at line {line}, or choose another tool.</source>
        <translation>{line}행을 확인하거나 다른 도구를 고르세요.</translation>
    </message>
    <message>
        <source>{file} names a file outside of its own folder: {name}</source>
        <translation>{file}이(가) 자기 폴더 밖의 파일을 가리킵니다: {name}</translation>
    </message>
    <message>
        <source>granted does not allow that. Correct it there.</source>
        <translation>granted는 이를 허용하지 않습니다. 그 파일에서 고치세요.</translation>
    </message>
    <message>
        <source>Leapp’s file {file} does not open here</source>
        <translation>Leapp의 파일 {file}이(가) 여기서 열리지 않습니다</translation>
    </message>
    <message>
        <source>Leapp encrypts it for one computer, and newer versions with a keychain item.</source>
        <translation>Leapp은 컴퓨터 한 대에 맞춰, 새 버전은 키체인 항목으로 파일을 암호화합니다.</translation>
    </message>
    <message>
        <source>Read it on the computer it comes from, or add the roles by hand.</source>
        <translation>파일을 만든 컴퓨터에서 읽거나 역할을 직접 추가하세요.</translation>
    </message>
    <message>
        <source>The user of {name} already has two access keys</source>
        <translation>{name}의 사용자에게 이미 액세스 키가 두 개 있습니다</translation>
    </message>
    <message>
        <source>If nobody uses it, delete it in IAM (your user, Security credentials), then try again.</source>
        <translation>아무도 쓰지 않는다면 IAM(사용자, 보안 자격 증명)에서 삭제한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Another access key of {name} appeared meanwhile, and somebody uses it</source>
        <translation>그 사이에 {name}의 다른 액세스 키가 생겼고 누군가 쓰고 있습니다</translation>
    </message>
    <message>
        <source>It ends in {end}.</source>
        <translation>{end}(으)로 끝나는 키입니다.</translation>
    </message>
    <message>
        <source>It was left alone. Find out whose it is; delete it in IAM if it is nobody’s, then go on.</source>
        <translation>그 키는 건드리지 않았습니다. 누구의 키인지 확인하고, 주인이 없으면 IAM에서 삭제한 뒤 계속하세요.</translation>
    </message>
    <message>
        <source>AWS does not list the key of {name} among its user’s keys</source>
        <translation>AWS의 사용자 키 목록에 {name}의 키가 없습니다</translation>
    </message>
    <message>
        <source>Only an IAM user’s own key can be rotated, not a root key.</source>
        <translation>IAM 사용자 본인의 키만 교체할 수 있고 루트 키는 교체할 수 없습니다.</translation>
    </message>
    <message>
        <source>The key of {name} was changed while it was being rotated</source>
        <translation>교체하는 동안 {name}의 키가 바뀌었습니다</translation>
    </message>
    <message>
        <source>Nothing was deleted. “rolecall key rotate {name} --abandon” forgets the rotation that was begun; look in IAM for a key that nobody uses.</source>
        <translation>아무것도 삭제하지 않았습니다. “rolecall key rotate {name} --abandon”으로 시작된 교체를 그만둘 수 있습니다. IAM에서 아무도 쓰지 않는 키가 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>The notes of key rotations in {file} cannot be read</source>
        <translation>{file}의 키 교체 기록을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>They were left alone. Look in IAM for a key that nobody uses, then remove the file.</source>
        <translation>기록은 그대로 두었습니다. IAM에서 아무도 쓰지 않는 키를 확인한 뒤 파일을 지우세요.</translation>
    </message>
    <message>
        <source>{provider} wants a client secret of this program</source>
        <translation>{provider}에는 이 프로그램의 클라이언트 비밀번호가 필요합니다</translation>
    </message>
    <message>
        <source>It was shown when the program was registered there. The keyring keeps it.</source>
        <translation>공급자에 프로그램을 등록할 때 표시된 것입니다. 키링에 보관됩니다.</translation>
    </message>
    <message>
        <source>Enter it in the window, or with “rolecall client-secret {entry}”.</source>
        <translation>창에 입력하거나 “rolecall client-secret {entry}”로 입력하세요.</translation>
    </message>
    <message>
        <source>This is no client secret</source>
        <translation>클라이언트 비밀번호가 아닙니다</translation>
    </message>
    <message>
        <source>It is one line of text, as the provider shows it.</source>
        <translation>공급자가 보여 주는 그대로의 한 줄짜리 텍스트입니다.</translation>
    </message>
    <message>
        <source>The caller may be in an account that may not do this.</source>
        <translation>호출자의 계정이 이 일을 할 수 없는 계정일 수 있습니다.</translation>
    </message>
    <message>
        <source>AWS gives root&apos;s tasks to the organisation&apos;s management account and to a delegated administrator of IAM only, never to root itself.</source>
        <translation>AWS는 루트 작업을 조직의 관리 계정과 IAM 위임 관리자에게만 허용하고, 루트 자신에게는 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>Central root access may be switched off.</source>
        <translation>중앙 루트 액세스가 꺼져 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>In the management account: IAM, Root access management, Privileged root actions.</source>
        <translation>관리 계정의 IAM, 루트 액세스 관리, 권한 있는 루트 작업에서 켭니다.</translation>
    </message>
    <message>
        <source>They have to allow sts:AssumeRoot on the root user of account {target}.</source>
        <translation>계정 {target}의 루트 사용자에 대해 sts:AssumeRoot를 허용해야 합니다.</translation>
    </message>
    <message>
        <source>Account {target} may be no member of the organisation.</source>
        <translation>계정 {target}이(가) 조직의 멤버가 아닐 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare its number; the management account itself is no target.</source>
        <translation>계정 번호를 확인하세요. 관리 계정 자신은 대상이 될 수 없습니다.</translation>
    </message>
    <message>
        <source>They have to allow sts:GetFederationToken for the federated user {target}.</source>
        <translation>페더레이션 사용자 {target}에 대해 sts:GetFederationToken을 허용해야 합니다.</translation>
    </message>
    <message>
        <source>This role belongs to Identity Center.</source>
        <translation>이 역할은 Identity Center의 것입니다.</translation>
    </message>
    <message>
        <source>Only a sign-in at Identity Center gives it. Add it as such a role.</source>
        <translation>Identity Center에 로그인해야만 얻을 수 있습니다. 그런 역할로 추가하세요.</translation>
    </message>
    <message>
        <source>The role may want a certain session name, tag or source identity.</source>
        <translation>역할이 특정 세션 이름, 태그 또는 소스 ID를 요구할 수 있습니다.</translation>
    </message>
    <message>
        <source>Often the session has to be named as the user is: role_session_name. Ask its owner.</source>
        <translation>세션 이름(role_session_name)이 사용자 이름과 같아야 하는 경우가 많습니다. 역할 소유자에게 물어보세요.</translation>
    </message>
    <message>
        <source>{word} stands for nothing. Use {{user}}, {{host}}, {{role}} or {{date}}.</source>
        <translation>{word}에 해당하는 값이 없습니다. {{user}}, {{host}}, {{role}}, {{date}}를 쓰세요.</translation>
    </message>
    <message>
        <source>There are {number} session tags; AWS takes {most} at most.</source>
        <translation>세션 태그가 {number}개입니다. AWS는 최대 {most}개를 받습니다.</translation>
    </message>
    <message>
        <source>The tag {key} is too long or empty: a key has 1 to 128 characters, a value 0 to 256.</source>
        <translation>태그 {key}의 길이가 맞지 않습니다. 키는 1~128자, 값은 0~256자입니다.</translation>
    </message>
    <message>
        <source>The tag {key} has a character AWS refuses: letters, digits, spaces and _ . : / = + - @ only.</source>
        <translation>태그 {key}에 AWS가 받지 않는 문자가 있습니다. 문자, 숫자, 공백, _ . : / = + - @만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The tag {key} is there twice. Upper and lower case make no difference.</source>
        <translation>태그 {key}이(가) 두 번 있습니다. 대소문자는 구별되지 않습니다.</translation>
    </message>
    <message>
        <source>Write {field} as arn:aws:iam::ACCOUNT:role/NAME, path included.</source>
        <translation>{field} 값은 경로까지 포함해 arn:aws:iam::ACCOUNT:role/NAME 형식으로 적으세요.</translation>
    </message>
    <message>
        <source>{field} has 2 to 64 letters, digits and + = , . @ _ - only, no spaces.</source>
        <translation>{field} 값은 공백 없이 영문자, 숫자, + = , . @ _ -만으로 2~64자입니다.</translation>
    </message>
    <message>
        <source>{field} may not begin with aws: — AWS keeps that for itself.</source>
        <translation>{field} 값은 aws:로 시작할 수 없습니다. AWS가 쓰는 접두사입니다.</translation>
    </message>
    <message>
        <source>{field} has 2 to 1224 letters, digits and + = , . @ : / _ - only.</source>
        <translation>{field} 값은 영문자, 숫자, + = , . @ : / _ -만으로 2~1224자입니다.</translation>
    </message>
    <message>
        <source>Write {field} as the device&apos;s ARN (arn:aws:iam::ACCOUNT:mfa/NAME) or its serial number.</source>
        <translation>{field} 값은 디바이스의 ARN(arn:aws:iam::ACCOUNT:mfa/NAME)이나 일련번호로 적으세요.</translation>
    </message>
    <message>
        <source>{field} names {key}, which is no tag of {other}.</source>
        <translation>{field}에 적힌 {key} 태그가 {other}에 없습니다.</translation>
    </message>
    <message>
        <source>Write {field} as KEY=VALUE,KEY=VALUE; “{word}” has no =.</source>
        <translation>{field} 값은 KEY=VALUE,KEY=VALUE 형식으로 적으세요. “{word}”에 =이 없습니다.</translation>
    </message>
    <message>
        <source>The session policies have {number} characters; AWS takes {most}. Leave blanks out, or split it.</source>
        <translation>세션 정책이 {number}자입니다. AWS는 {most}자까지 받습니다. 공백을 빼거나 나누세요.</translation>
    </message>
    <message>
        <source>The session policy has a character AWS refuses, or is empty. Plain Latin text only.</source>
        <translation>세션 정책이 비었거나 AWS가 받지 않는 문자가 있습니다. 라틴 문자만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The session policy is not JSON. A comma or a bracket may be missing.</source>
        <translation>세션 정책이 JSON이 아닙니다. 쉼표나 괄호가 빠졌을 수 있습니다.</translation>
    </message>
    <message>
        <source>The session policy has to be one JSON object.</source>
        <translation>세션 정책은 JSON 객체 하나여야 합니다.</translation>
    </message>
    <message>
        <source>There are {number} managed policies; AWS takes {most} at most.</source>
        <translation>관리형 정책이 {number}개입니다. AWS는 최대 {most}개를 받습니다.</translation>
    </message>
    <message>
        <source>Write each managed policy as arn:aws:iam::ACCOUNT:policy/NAME.</source>
        <translation>관리형 정책은 arn:aws:iam::ACCOUNT:policy/NAME 형식으로 쓰세요.</translation>
    </message>
    <message>
        <source>{field} has 2 to 32 letters, digits and + = , . @ _ - only, no spaces.</source>
        <translation>{field} 값은 공백 없이 영문자, 숫자, + = , . @ _ -만으로 2~32자입니다.</translation>
    </message>
    <message>
        <source>{field} is the twelve digits of a member account.</source>
        <translation>{field} 값은 멤버 계정의 열두 자리 숫자입니다.</translation>
    </message>
    <message>
        <source>{field} is one of: {tasks}</source>
        <translation>{field} 값은 다음 중 하나입니다: {tasks}</translation>
    </message>
    <message>
        <source>A session policy of {role} is not one AWS takes</source>
        <translation>{role}의 세션 정책은 AWS가 받지 않는 것입니다</translation>
    </message>
    <message>
        <source>A session of AssumeRoot does one task, by API only.</source>
        <translation>AssumeRoot 세션은 API로 한 가지 작업만 합니다.</translation>
    </message>
    <message>
        <source>Use it in a terminal: “rolecall exec” or a copy.</source>
        <translation>터미널에서 “rolecall exec”이나 복사로 쓰세요.</translation>
    </message>
    <message>
        <source>{role} passes the session tag {key} twice on its way</source>
        <translation>{role}까지 가는 길에 세션 태그 {key}이(가) 두 번 전달됩니다</translation>
    </message>
    <message>
        <source>{first} passes it on as a transitive tag; AWS refuses it a second time.</source>
        <translation>{first}에서 전이 태그로 이어지므로 AWS는 두 번째를 거부합니다.</translation>
    </message>
    <message>
        <source>Take {key} out of the session_tags of {second}.</source>
        <translation>{second}의 session_tags에서 {key}을(를) 빼세요.</translation>
    </message>
    <message>
        <source>{role} changes its source identity on the way</source>
        <translation>{role}까지 가는 길에 소스 ID가 바뀝니다</translation>
    </message>
    <message>
        <source>{first} sets it; AWS keeps it for the whole chain.</source>
        <translation>{first}에서 정해지고, AWS는 체인 전체에서 그대로 유지합니다.</translation>
    </message>
    <message>
        <source>Give {second} the same source_identity, or none: it comes along by itself.</source>
        <translation>{second}에 같은 source_identity를 쓰거나 비워 두세요. 저절로 이어집니다.</translation>
    </message>
    <message>
        <source>AWS allows no third. The other one ends in {end} and is switched on.</source>
        <translation>AWS는 세 번째 키를 허용하지 않습니다. 다른 키는 {end}(으)로 끝나며 켜져 있습니다.</translation>
    </message>
    <message>
        <source>AWS allows no third. The other one ends in {end} and is switched off.</source>
        <translation>AWS는 세 번째 키를 허용하지 않습니다. 다른 키는 {end}(으)로 끝나며 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>The program that gives the code of {profile} could not be started</source>
        <translation>{profile}의 코드를 내주는 프로그램을 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>Check its mfa_process line: the program’s full path, and its quotes.</source>
        <translation>mfa_process 줄에서 프로그램의 전체 경로와 따옴표를 확인하세요.</translation>
    </message>
    <message>
        <source>The program that gives the code of {profile} took too long</source>
        <translation>{profile}의 코드를 내주는 프로그램이 너무 오래 걸렸습니다</translation>
    </message>
    <message>
        <source>If its key wants to be touched, touch it sooner; or type the code.</source>
        <translation>보안 키를 눌러야 한다면 더 빨리 누르거나, 코드를 직접 입력하세요.</translation>
    </message>
    <message>
        <source>The program that gives the code of {profile} failed</source>
        <translation>{profile}의 코드를 내주는 프로그램이 실패했습니다</translation>
    </message>
    <message>
        <source>Run its mfa_process line in a terminal to see why; or type the code.</source>
        <translation>터미널에서 mfa_process 줄을 실행해 이유를 확인하거나, 코드를 직접 입력하세요.</translation>
    </message>
    <message>
        <source>The program that gives the code of {profile} printed no code</source>
        <translation>{profile}의 코드를 내주는 프로그램이 코드를 출력하지 않았습니다</translation>
    </message>
    <message>
        <source>It has to print six digits and nothing else; or type the code.</source>
        <translation>숫자 여섯 자리만 출력해야 합니다. 아니면 코드를 직접 입력하세요.</translation>
    </message>
    <message>
        <source>The keyring has no seed of {serial}</source>
        <translation>키링에 {serial}의 시드가 없습니다</translation>
    </message>
    <message>
        <source>Add it again in the settings, under “Keys”, or type the code.</source>
        <translation>설정의 “키”에서 다시 추가하거나 코드를 입력하세요.</translation>
    </message>
    <message>
        <source>The keyring’s item for {serial} does not hold a seed</source>
        <translation>키링의 {serial} 항목에 시드가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>It was changed by another program or a newer version, and was left alone. Add the seed again to replace it, or type the code.</source>
        <translation>다른 프로그램이나 더 새로운 버전이 바꾼 항목이라 그대로 두었습니다. 시드를 다시 추가해 바꾸거나 코드를 입력하세요.</translation>
    </message>
    <message>
        <source>Whoever runs account {account} uploads the sign-in page&apos;s metadata to IAM again, and compares the issuer.</source>
        <translation>계정 {account}의 관리자가 로그인 페이지의 메타데이터를 IAM에 다시 올리고 발급자를 비교해야 합니다.</translation>
    </message>
    <message>
        <source>Whoever runs your company&apos;s sign-in page can mend the attribute.</source>
        <translation>회사 로그인 페이지의 관리자가 속성을 고칠 수 있습니다.</translation>
    </message>
    <message>
        <source>AWS could not verify the signature of the SAML response</source>
        <translation>AWS가 SAML 응답의 서명을 확인하지 못했습니다</translation>
    </message>
    <message>
        <source>Paste it as the browser sent it, not as a tool shows it. Else the certificate in account {account} is an old one: its metadata has to be uploaded to IAM again.</source>
        <translation>도구가 보여 주는 형태가 아니라 브라우저가 보낸 그대로 붙여 넣으세요. 그래도 안 되면 계정 {account}의 인증서가 오래된 것이므로 메타데이터를 IAM에 다시 올려야 합니다.</translation>
    </message>
    <message>
        <source>The SAML response comes from another sign-in page than account {account} knows</source>
        <translation>SAML 응답이 계정 {account}에 등록된 것과 다른 로그인 페이지에서 왔습니다</translation>
    </message>
    <message>
        <source>Account {account} has no SAML provider of the name in the response</source>
        <translation>계정 {account}에 응답에 적힌 이름의 SAML 공급자가 없습니다</translation>
    </message>
    <message>
        <source>The sign-in page names it beside the role. Its administrator compares it with IAM.</source>
        <translation>로그인 페이지가 역할과 함께 적은 이름입니다. 관리자가 IAM과 비교해야 합니다.</translation>
    </message>
    <message>
        <source>The SAML response is for another audience than AWS</source>
        <translation>SAML 응답의 Audience가 AWS가 아닙니다</translation>
    </message>
    <message>
        <source>Choose AWS on your company&apos;s sign-in page, or have its audience set right.</source>
        <translation>회사 로그인 페이지에서 AWS를 선택하거나, Audience를 바로잡아 달라고 하세요.</translation>
    </message>
    <message>
        <source>The SAML response has a SourceIdentity that AWS does not take</source>
        <translation>SAML 응답의 SourceIdentity를 AWS가 받지 않습니다</translation>
    </message>
    <message>
        <source>AWS did not accept the SAML response for {role}</source>
        <translation>AWS가 {role}의 SAML 응답을 받지 않았습니다</translation>
    </message>
    <message>
        <source>Sign in again at your company; then have its entry in IAM checked.</source>
        <translation>회사 로그인을 다시 해 보고, 그래도 안 되면 IAM의 공급자 설정을 확인해 달라고 하세요.</translation>
    </message>
    <message>
        <source>The SAML response for {role} is over</source>
        <translation>{role}의 SAML 응답이 만료되었습니다</translation>
    </message>
    <message>
        <source>AWS takes one for five minutes from its issue.</source>
        <translation>AWS는 발급 후 5분까지만 받습니다.</translation>
    </message>
    <message>
        <source>Sign in at your company again. If you just did, its clock or this computer&apos;s is wrong.</source>
        <translation>회사 로그인을 다시 하세요. 방금 했다면 회사나 이 컴퓨터의 시계가 틀린 것입니다.</translation>
    </message>
    <message>
        <source>The role&apos;s trust policy may not name the SAML provider.</source>
        <translation>역할의 신뢰 정책에 SAML 공급자가 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>In account {account}, the trust policy of {name} has to allow sts:AssumeRoleWithSAML to it; its condition on SAML:aud has to be the response&apos;s Recipient, regional or not.</source>
        <translation>계정 {account}에서 {name}의 신뢰 정책이 공급자에게 sts:AssumeRoleWithSAML을 허용해야 하고, SAML:aud 조건이 응답의 Recipient와(리전 주소 여부까지) 같아야 합니다.</translation>
    </message>
    <message>
        <source>Compare {name}, its path and letter case, with IAM in account {account}.</source>
        <translation>{name}의 경로와 대소문자를 계정 {account}의 IAM과 비교하세요.</translation>
    </message>
    <message>
        <source>The response may bring session tags or a source identity.</source>
        <translation>응답에 세션 태그나 소스 ID가 들어 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>Then the trust policy of {name} has to allow sts:TagSession or sts:SetSourceIdentity.</source>
        <translation>그렇다면 {name}의 신뢰 정책이 sts:TagSession이나 sts:SetSourceIdentity를 허용해야 합니다.</translation>
    </message>
    <message>
        <source>The response may lack a NameID.</source>
        <translation>응답에 NameID가 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>AWS wants a subject; the sign-in page has to send one.</source>
        <translation>AWS에는 주체가 필요하므로 로그인 페이지가 보내 주어야 합니다.</translation>
    </message>
    <message>
        <source>The role may want MFA of AWS&apos;s own.</source>
        <translation>역할이 AWS 자체의 MFA를 요구할 수 있습니다.</translation>
    </message>
    <message>
        <source>A SAML session never has it: the condition on aws:MultiFactorAuthPresent has to go from {name}.</source>
        <translation>SAML 세션에는 그것이 없으므로 {name}에서 aws:MultiFactorAuthPresent 조건을 빼야 합니다.</translation>
    </message>
    <message>
        <source>The saml_login_url of {name} is no web address</source>
        <translation>{name}의 saml_login_url이 웹 주소가 아닙니다</translation>
    </message>
    <message>
        <source>Write it as https://…, as the browser shows it.</source>
        <translation>브라우저에 보이는 대로 https://… 형식으로 적으세요.</translation>
    </message>
    <message>
        <source>The saml_listen_port of {name} is no port</source>
        <translation>{name}의 saml_listen_port가 포트 번호가 아닙니다</translation>
    </message>
    <message>
        <source>Write a number up to 65535; 0 takes any free port.</source>
        <translation>65535 이하의 숫자를 적으세요. 0이면 빈 포트를 씁니다.</translation>
    </message>
    <message>
        <source>That is not the start URL of an Identity Center</source>
        <translation>Identity Center의 시작 URL이 아닙니다</translation>
    </message>
    <message>
        <source>It looks like https://d-1234567890.awsapps.com/start; the access portal&apos;s address is it.</source>
        <translation>https://d-1234567890.awsapps.com/start와 같은 형식이며, 액세스 포털의 주소입니다.</translation>
    </message>
    <message>
        <source>In which region was this Identity Center set up?</source>
        <translation>이 Identity Center는 어느 리전에 설정되어 있나요?</translation>
    </message>
    <message>
        <source>Give it as eu-west-1. Whoever manages Identity Center finds it on its settings page.</source>
        <translation>eu-west-1처럼 적으세요. Identity Center 관리자는 설정 페이지에서 확인할 수 있습니다.</translation>
    </message>
    <message>
        <source>A sign-in is needed, and there is nobody to ask</source>
        <translation>로그인이 필요하지만 물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>Run it in a terminal, or where a browser can be opened.</source>
        <translation>터미널에서 실행하거나 브라우저를 열 수 있는 곳에서 실행하세요.</translation>
    </message>
    <message>
        <source>Nothing that you may use there fits the pattern</source>
        <translation>사용할 수 있는 것 중 패턴에 맞는 것이 없습니다</translation>
    </message>
    <message>
        <source>Look with --list; * and ? stand for letters, as in “payments*/ReadOnly”.</source>
        <translation>--list로 살펴보세요. *와 ?는 “payments*/ReadOnly”처럼 글자를 대신합니다.</translation>
    </message>
    <message>
        <source>“{name}” cannot be started: {cause}</source>
        <translation>“{name}”을(를) 시작할 수 없습니다: {cause}</translation>
    </message>
    <message>
        <source>Which command? It follows two dashes</source>
        <translation>어떤 명령인가요? 하이픈 두 개(--) 뒤에 씁니다</translation>
    </message>
    <message>
        <source>For example: rolecall exec prod-admin -- aws s3 ls</source>
        <translation>예: rolecall exec prod-admin -- aws s3 ls</translation>
    </message>
    <message>
        <source>The line has changed since it was shown</source>
        <translation>보여 준 뒤에 줄이 바뀌었습니다</translation>
    </message>
    <message>
        <source>Look at it again.</source>
        <translation>다시 확인하세요.</translation>
    </message>
    <message>
        <source>Profile {profile} runs a program that you have not accepted yet, and there is nobody to ask</source>
        <translation>프로필 {profile}이(가) 아직 허용하지 않은 프로그램을 실행하려 하는데, 물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>Run {command} in a terminal once, or start Rolecall.</source>
        <translation>터미널에서 {command} 명령을 한 번 실행하거나 Rolecall을 시작하세요.</translation>
    </message>
    <message>
        <source>The program of profile {profile} was not allowed to run</source>
        <translation>프로필 {profile}의 프로그램 실행을 허용하지 않았습니다</translation>
    </message>
    <message>
        <source>Sign in again to see its line once more, or use {command}.</source>
        <translation>다시 로그인해 그 줄을 보거나 {command} 명령을 쓰세요.</translation>
    </message>
    <message>
        <source>This is not a name for a key</source>
        <translation>키 이름으로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Letters, digits and + = , . @ : / _ - only, no spaces.</source>
        <translation>영문자, 숫자, + = , . @ : / _ - 만 쓸 수 있고 공백은 안 됩니다.</translation>
    </message>
    <message>
        <source>A profile of the AWS files has this name already</source>
        <translation>AWS 파일에 같은 이름의 프로필이 이미 있습니다</translation>
    </message>
    <message>
        <source>Choose another name, or move the profile’s own key with --move.</source>
        <translation>다른 이름을 고르거나 --move로 그 프로필의 키를 옮기세요.</translation>
    </message>
    <message>
        <source>This is not a long-lived access key</source>
        <translation>장기 액세스 키가 아닙니다</translation>
    </message>
    <message>
        <source>The ID begins with AKIA; the secret has 40 characters. Copy both anew from IAM.</source>
        <translation>ID는 AKIA로 시작하고 비밀 키는 40자입니다. IAM에서 둘 다 다시 복사하세요.</translation>
    </message>
    <message>
        <source>This is not the seed of a device that AWS takes codes of</source>
        <translation>AWS가 코드를 받는 디바이스의 시드가 아닙니다</translation>
    </message>
    <message>
        <source>It is a text that begins with otpauth://totp/, or the letters A to Z and 2 to 7 that stand beside the QR code.</source>
        <translation>otpauth://totp/로 시작하는 글이거나, QR 코드 옆에 적힌 A–Z와 2–7로 된 글자입니다.</translation>
    </message>
    <message>
        <source>The seed does not say which device it belongs to</source>
        <translation>이 시드가 어느 디바이스의 것인지 알 수 없습니다</translation>
    </message>
    <message>
        <source>Name its serial: arn:aws:iam::ACCOUNT:mfa/NAME.</source>
        <translation>일련번호를 지정하세요: arn:aws:iam::ACCOUNT:mfa/NAME.</translation>
    </message>
    <message>
        <source>{name} starts from no access key of yours</source>
        <translation>{name}은(는) 본인의 액세스 키에서 시작하지 않습니다</translation>
    </message>
    <message>
        <source>“rolecall key list” shows the keys that Rolecall knows.</source>
        <translation>“rolecall key list”로 Rolecall이 아는 키를 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The demo keeps nothing in a keyring</source>
        <translation>데모는 키링에 아무것도 보관하지 않습니다</translation>
    </message>
    <message>
        <source>In the demo’s window this works for as long as the demo runs.</source>
        <translation>데모 창에서는 데모가 실행되는 동안만 동작합니다.</translation>
    </message>
    <message>
        <source>What was typed is not text</source>
        <translation>입력한 내용이 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>다시 입력하세요.</translation>
    </message>
    <message>
        <source>Something has to be typed, and there is nobody to ask</source>
        <translation>입력이 필요하지만 물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>Run this in a terminal, or hand it over on standard input.</source>
        <translation>터미널에서 실행하거나 표준 입력으로 넘기세요.</translation>
    </message>
    <message>
        <source>This is not a name for an MFA device</source>
        <translation>MFA 디바이스 이름으로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Up to 64 letters, digits and + = , . @ _ - only, no spaces.</source>
        <translation>영문자, 숫자, + = , . @ _ - 만 64자까지 쓸 수 있고 공백은 안 됩니다.</translation>
    </message>
    <message>
        <source>The device {serial} is enabled already</source>
        <translation>{serial} 디바이스는 이미 활성화되어 있습니다</translation>
    </message>
    <message>
        <source>An earlier try succeeded without hearing of it. Use it as it is.</source>
        <translation>앞선 시도가 성공했지만 응답을 받지 못했습니다. 그대로 사용하세요.</translation>
    </message>
    <message>
        <source>The user has eight MFA devices, and AWS allows no more</source>
        <translation>이 사용자에게 MFA 디바이스가 8개 있어 더 추가할 수 없습니다</translation>
    </message>
    <message>
        <source>Remove one you do not use in IAM, then try again.</source>
        <translation>쓰지 않는 디바이스를 IAM에서 제거한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Account {account} does not know the identity provider</source>
        <translation>계정 {account}은(는) 이 ID 공급자를 알지 못합니다</translation>
    </message>
    <message>
        <source>It has to be added there (IAM, Identity providers) with exactly the address of oidc_issuer.</source>
        <translation>그 계정의 IAM, ID 제공업체에 oidc_issuer와 똑같은 주소로 추가해야 합니다.</translation>
    </message>
    <message>
        <source>The token is for another program than account {account} takes</source>
        <translation>토큰이 계정 {account}이(가) 받는 것과 다른 프로그램용입니다</translation>
    </message>
    <message>
        <source>oidc_client_id has to be among the audiences of the provider&apos;s entry in IAM.</source>
        <translation>oidc_client_id가 IAM에 있는 공급자 항목의 대상(audience)에 들어 있어야 합니다.</translation>
    </message>
    <message>
        <source>The token does not let its bearer take {role}</source>
        <translation>토큰이 {role} 역할을 허용하지 않습니다</translation>
    </message>
    <message>
        <source>Whoever runs the identity provider decides which roles it names.</source>
        <translation>어떤 역할을 담을지는 ID 공급자를 운영하는 사람이 정합니다.</translation>
    </message>
    <message>
        <source>AWS could not check the token with the provider&apos;s keys</source>
        <translation>AWS가 공급자의 키로 토큰을 확인하지 못했습니다</translation>
    </message>
    <message>
        <source>The provider has to be reachable from the internet. Sign in again.</source>
        <translation>공급자는 인터넷에서 접근할 수 있어야 합니다. 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>What {role} starts from is no identity token</source>
        <translation>{role}의 시작점이 ID 토큰이 아닙니다</translation>
    </message>
    <message>
        <source>AWS wants the ID token (a JWT with whole seconds), not an access token. Sign in again, or look at what writes the token file.</source>
        <translation>AWS에는 액세스 토큰이 아니라 ID 토큰(초 단위 정수의 JWT)이 필요합니다. 다시 로그인하거나 토큰 파일을 쓰는 프로그램을 살펴보세요.</translation>
    </message>
    <message>
        <source>AWS did not accept the token for {role}</source>
        <translation>AWS가 {role}의 토큰을 받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>The token that {role} starts from is over</source>
        <translation>{role}의 시작점인 토큰이 만료되었습니다</translation>
    </message>
    <message>
        <source>Sign in again, or start what renews the token file.</source>
        <translation>다시 로그인하거나 토큰 파일을 갱신하는 프로그램을 시작하세요.</translation>
    </message>
    <message>
        <source>The role&apos;s trust policy may not let this token in.</source>
        <translation>역할의 신뢰 정책이 이 토큰을 허용하지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>It has to name the provider as Federated and allow sts:AssumeRoleWithWebIdentity.</source>
        <translation>공급자를 Federated로 지정하고 sts:AssumeRoleWithWebIdentity를 허용해야 합니다.</translation>
    </message>
    <message>
        <source>A condition on aud or sub may not fit.</source>
        <translation>aud 또는 sub 조건이 맞지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare them with oidc_client_id and with who you are at the provider.</source>
        <translation>oidc_client_id와, 공급자에서 본인이 누구인지와 비교하세요.</translation>
    </message>
    <message>
        <source>Name, path or account of the role may be wrong.</source>
        <translation>역할의 이름, 경로 또는 계정이 잘못되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>AWS does not say whether a role exists. Compare role_arn, capitals included.</source>
        <translation>AWS는 역할이 있는지 말해 주지 않습니다. 대소문자까지 role_arn을 비교하세요.</translation>
    </message>
    <message>
        <source>The file {name} cannot be read</source>
        <translation>{name} 파일을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Check that it is a file, and that it is yours to read.</source>
        <translation>파일이 맞는지, 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>Nothing can be kept in {folder}: {cause}</source>
        <translation>{folder}에 아무것도 보관할 수 없습니다: {cause}</translation>
    </message>
    <message>
        <source>Rolecall works from memory: choices, journal and sessions end with it.</source>
        <translation>Rolecall은 메모리에서 동작합니다. 설정, 기록, 세션은 Rolecall이 끝나면 사라집니다.</translation>
    </message>
    <message>
        <source>{name} signs in at no OpenID Connect provider</source>
        <translation>{name}은(는) OpenID Connect 공급자에 로그인하지 않습니다</translation>
    </message>
    <message>
        <source>A client secret belongs to an entry with oidc_client_id.</source>
        <translation>클라이언트 비밀번호는 oidc_client_id가 있는 항목에 속합니다.</translation>
    </message>
    <message>
        <source>{role} is not signed in to with a SAML response</source>
        <translation>{role}은(는) SAML 응답으로 로그인하는 역할이 아닙니다</translation>
    </message>
    <message>
        <source>Leave --saml-response out.</source>
        <translation>--saml-response를 빼세요.</translation>
    </message>
    <message>
        <source>They belong to a user. AWS lets sessions of roles in, and no user’s keys.</source>
        <translation>사용자의 자격 증명입니다. AWS는 역할의 세션만 들여보내고 사용자의 키는 들여보내지 않습니다.</translation>
    </message>
    <message>
        <source>It is 127.0.0.1 or localhost, as in the registered address.</source>
        <translation>등록한 주소와 같은 127.0.0.1 또는 localhost입니다.</translation>
    </message>
    <message>
        <source>Change it in roles.toml, beside settings.toml.</source>
        <translation>settings.toml 옆의 roles.toml에서 바꾸세요.</translation>
    </message>
    <message>
        <source>The form does not know the way of {name}</source>
        <translation>{name}의 방법은 양식에서 다룰 수 없습니다</translation>
    </message>
    <message>
        <source>{role} has no region that it could be kept to</source>
        <translation>{role}에는 한정할 리전이 없습니다</translation>
    </message>
    <message>
        <source>Give its profile a region, or use another preset.</source>
        <translation>프로필에 리전을 적거나 다른 프리셋을 쓰세요.</translation>
    </message>
    <message>
        <source>Enter it below.</source>
        <translation>아래에 입력하세요.</translation>
    </message>
    <message>
        <source>There is no format called “{name}”</source>
        <translation>“{name}”(이)라는 형식이 없습니다</translation>
    </message>
    <message>
        <source>There is no preset called “{name}”</source>
        <translation>“{name}”(이)라는 프리셋이 없습니다</translation>
    </message>
    <message>
        <source>Name one of: {names}.</source>
        <translation>다음 중 하나를 지정하세요: {names}.</translation>
    </message>
    <message>
        <source>AWS gives no session of such a life</source>
        <translation>AWS는 이런 길이의 세션을 내주지 않습니다</translation>
    </message>
    <message>
        <source>“{role}” needs an MFA code, and nobody gave one in {seconds} seconds</source>
        <translation>“{role}”에는 MFA 코드가 필요한데 {seconds}초 안에 아무도 입력하지 않았습니다</translation>
    </message>
    <message>
        <source>“{role}” runs a program, and nobody accepted it in {seconds} seconds</source>
        <translation>“{role}”은(는) 프로그램을 실행하는데 {seconds}초 안에 아무도 허용하지 않았습니다</translation>
    </message>
    <message>
        <source>“{role}” needs a sign-in, and nobody signed in within {seconds} seconds</source>
        <translation>“{role}”에는 로그인이 필요한데 {seconds}초 안에 아무도 로그인하지 않았습니다</translation>
    </message>
    <message>
        <source>Ask again when somebody is there to answer in Rolecall.</source>
        <translation>Rolecall에서 응답할 사람이 있을 때 다시 요청하세요.</translation>
    </message>
    <message>
        <source>The answer cannot be written to standard output: {cause}</source>
        <translation>결과를 표준 출력에 쓸 수 없습니다: {cause}</translation>
    </message>
    <message>
        <source>Lead it to a place that can be written, then try again.</source>
        <translation>쓸 수 있는 곳으로 출력을 보낸 뒤 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>숨기기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>{problem} ({place})</source>
        <translation>{problem} ({place})</translation>
    </message>
    <message numerus="yes">
        <source>{problem}, and %n more</source>
        <translation>
            <numerusform>{problem}, 그 밖에 %n건</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Production</name>
    <message>
        <source>PRODUCTION</source>
        <translation>운영</translation>
    </message>
</context>
<context>
    <name>ProductionPage</name>
    <message>
        <source>Roles marked as production stand out everywhere, and programs ask before they get one. Mark a role in its menu, or many by patterns, one a line: * and ? stand for anything in a role’s name, its ARN, or its account’s number or name.</source>
        <translation>운영으로 표시한 역할은 어디서나 눈에 띄고, 프로그램에 주기 전에 먼저 확인합니다. 역할의 메뉴에서 하나씩 표시하거나, 한 줄에 하나씩 패턴으로 여럿을 표시하세요. 역할 이름, ARN, 계정 번호나 이름에서 *와 ?는 아무 글자나 뜻합니다.</translation>
    </message>
    <message>
        <source>Patterns for production</source>
        <translation>운영 패턴</translation>
    </message>
    <message>
        <source>Ask me before I sign in to one</source>
        <translation>내가 로그인하기 전에 확인</translation>
    </message>
    <message>
        <source>Their sessions last at most</source>
        <translation>세션의 최대 길이</translation>
    </message>
    <message>
        <source> min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>as AWS allows</source>
        <translation>AWS가 허용하는 만큼</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} 외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Marked now: {names}</source>
        <translation>지금 표시된 역할: {names}</translation>
    </message>
    <message>
        <source>No role is marked.</source>
        <translation>표시된 역할이 없습니다.</translation>
    </message>
    <message>
        <source>Ask me for a reason, which travels as the session’s name</source>
        <translation>사유를 물어 세션 이름으로 남기기</translation>
    </message>
</context>
<context>
    <name>Programs</name>
    <message>
        <source>An unknown program</source>
        <translation>알 수 없는 프로그램</translation>
    </message>
</context>
<context>
    <name>ProgramsPage</name>
    <message>
        <source>Answers about programs</source>
        <translation>프로그램에 대한 응답</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>always</source>
        <translation>항상 허용</translation>
    </message>
    <message>
        <source>never</source>
        <translation>항상 거부</translation>
    </message>
    <message>
        <source>asks first</source>
        <translation>먼저 묻기</translation>
    </message>
    <message>
        <source>Roles that ask before a program gets them (choose so in a role’s menu), the answers that last, and the lines of your AWS files that may run a program.</source>
        <translation>프로그램이 받기 전에 묻는 역할(역할 메뉴에서 고릅니다), 계속 유효한 답, 그리고 프로그램을 실행해도 되는 AWS 파일의 줄입니다.</translation>
    </message>
    <message>
        <source>may run</source>
        <translation>실행 허용</translation>
    </message>
    <message>
        <source>{key} line, changed or gone since</source>
        <translation>{key} 줄(그 뒤 바뀌거나 없어짐)</translation>
    </message>
</context>
<context>
    <name>RoleDelegate</name>
    <message>
        <source>Live</source>
        <translation>로그인됨</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
</context>
<context>
    <name>RoleForm</name>
    <message>
        <source>Edit {name}</source>
        <translation>{name} 편집</translation>
    </message>
    <message>
        <source>Add a role</source>
        <translation>역할 추가</translation>
    </message>
    <message>
        <source>It is kept in Rolecall’s own roles.toml; no AWS file is changed.</source>
        <translation>Rolecall의 roles.toml에 저장됩니다. AWS 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Add role</source>
        <translation>역할 추가</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>간단히</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>더 보기…</translation>
    </message>
</context>
<context>
    <name>RoleList</name>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
</context>
<context>
    <name>RoleMenu</name>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>콘솔 열기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>세션 지우기</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>즐겨찾기 해제</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>즐겨찾기에 추가</translation>
    </message>
    <message>
        <source>Name this account…</source>
        <translation>계정 이름 붙이기…</translation>
    </message>
    <message>
        <source>Ask before a program gets it</source>
        <translation>프로그램에 주기 전에 묻기</translation>
    </message>
    <message>
        <source>This role is production</source>
        <translation>운영 역할로 표시</translation>
    </message>
    <message>
        <source>Edit this role…</source>
        <translation>역할 편집…</translation>
    </message>
    <message>
        <source>Export to ~/.aws/config</source>
        <translation>~/.aws/config로 내보내기</translation>
    </message>
    <message>
        <source>Remove this role…</source>
        <translation>역할 제거…</translation>
    </message>
</context>
<context>
    <name>RoleModel</name>
    <message>
        <source>live, {time} left</source>
        <translation>로그인됨, {time} 남음</translation>
    </message>
</context>
<context>
    <name>RoleState</name>
    <message>
        <source>signing in…</source>
        <translation>로그인 중…</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>needs code</source>
        <translation>코드 필요</translation>
    </message>
    <message>
        <source>needs sign-in</source>
        <translation>로그인 필요</translation>
    </message>
    <message>
        <source>refused · why?</source>
        <translation>거부됨 · 이유</translation>
    </message>
    <message>
        <source>problem · why?</source>
        <translation>문제 · 이유</translation>
    </message>
    <message>
        <source>not supported yet</source>
        <translation>아직 지원하지 않음</translation>
    </message>
    <message>
        <source>needs a look</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>fewer rights · {left}</source>
        <translation>줄인 권한 · {left}</translation>
    </message>
</context>
<context>
    <name>Route</name>
    <message>
        <source>One code opens this session for all roles of {source}.</source>
        <translation>코드 하나로 {source}의 모든 역할이 쓸 이 세션을 엽니다.</translation>
    </message>
    <message>
        <source>The key of {source} names no MFA device: no code is needed.</source>
        <translation>{source}의 키에는 MFA 디바이스가 지정되지 않아 코드가 필요 없습니다.</translation>
    </message>
    <message>
        <source>A GetSessionToken session can assume roles; it cannot open the console.</source>
        <translation>GetSessionToken 세션으로 역할을 수임할 수는 있지만 콘솔을 열 수는 없습니다.</translation>
    </message>
    <message>
        <source>No profile on the way names an MFA device: no code is needed.</source>
        <translation>경로의 어떤 프로필에도 MFA 디바이스가 없어 코드가 필요 없습니다.</translation>
    </message>
    <message>
        <source>AWS takes no MFA code for this call: the key alone is enough.</source>
        <translation>AWS는 이 호출에 MFA 코드를 받지 않습니다. 키만으로 충분합니다.</translation>
    </message>
    <message>
        <source>A code of its own: {role} refused the shared session, so its trust may want a fresher code.</source>
        <translation>전용 코드를 씁니다. {role} 역할이 공유 세션을 거부했으므로 신뢰 정책이 더 최근의 코드를 요구할 수 있습니다.</translation>
    </message>
    <message>
        <source>A code of its own: {hours} hours are asked for, and roles on the shared session live one hour.</source>
        <translation>전용 코드를 씁니다. {hours}시간을 요청했는데 공유 세션의 역할은 한 시간만 유지됩니다.</translation>
    </message>
    <message>
        <source>A code of its own: {minutes} minutes are asked for, and roles on the shared session live one hour.</source>
        <translation>전용 코드를 씁니다. {minutes}분을 요청했는데 공유 세션의 역할은 한 시간만 유지됩니다.</translation>
    </message>
    <message>
        <source>One code serves every role of {source} on this device; AWS then limits each role to one hour.</source>
        <translation>코드 하나로 이 디바이스를 쓰는 {source}의 모든 역할을 엽니다. 대신 AWS는 각 역할을 한 시간으로 제한합니다.</translation>
    </message>
    <message>
        <source>{hours} hours were asked for; AWS allows one hour for a role assumed with temporary credentials.</source>
        <translation>{hours}시간을 요청했지만, AWS는 임시 자격 증명으로 수임한 역할에 한 시간만 허용합니다.</translation>
    </message>
    <message>
        <source>{minutes} minutes were asked for; AWS allows one hour for a role assumed with temporary credentials.</source>
        <translation>{minutes}분을 요청했지만, AWS는 임시 자격 증명으로 수임한 역할에 한 시간만 허용합니다.</translation>
    </message>
    <message>
        <source>Root of account {account}, for one task and at most fifteen minutes: {task}.</source>
        <translation>계정 {account}의 루트로, 한 가지 작업만, 최대 15분 동안: {task}.</translation>
    </message>
    <message>
        <source>Without a session policy AWS gives a federated user no permissions at all.</source>
        <translation>세션 정책이 없으면 AWS는 페더레이션 사용자에게 아무 권한도 주지 않습니다.</translation>
    </message>
    <message>
        <source>A federated user may do what both the key&apos;s user and the session policy allow.</source>
        <translation>페더레이션 사용자는 키의 사용자와 세션 정책이 모두 허용하는 일만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>One sign-in at Identity Center serves all its roles; the permission set decides how long.</source>
        <translation>Identity Center에 한 번 로그인하면 그 모든 역할에 쓰입니다. 유효 시간은 권한 세트가 정합니다.</translation>
    </message>
    <message>
        <source>The identity provider says who you are; AWS takes its word for five minutes, no key needed.</source>
        <translation>누구인지는 ID 공급자가 보증합니다. AWS는 5분 동안 이를 받아들이며, 키가 필요 없습니다.</translation>
    </message>
    <message>
        <source>The provider&apos;s token says who you are: the call is not signed, no key needed.</source>
        <translation>누구인지는 공급자의 토큰이 말해 줍니다. 호출에 서명하지 않으며, 키가 필요 없습니다.</translation>
    </message>
    <message>
        <source>The token is read from its file at each call: no key needed.</source>
        <translation>호출할 때마다 파일에서 토큰을 읽습니다. 키가 필요 없습니다.</translation>
    </message>
    <message>
        <source>The provider&apos;s token says who you are; the identity pool chooses the role.</source>
        <translation>공급자의 토큰이 사용자가 누구인지 말하고, 자격 증명 풀이 역할을 고릅니다.</translation>
    </message>
    <message>
        <source>What “aws login” left is used and renewed as AWS&apos;s tools do.</source>
        <translation>“aws login”이 남긴 것을 AWS 도구처럼 쓰고 갱신합니다.</translation>
    </message>
    <message>
        <source>The environment variables hold the credentials.</source>
        <translation>환경 변수에 자격 증명이 있습니다.</translation>
    </message>
    <message>
        <source>The container&apos;s address gives the credentials.</source>
        <translation>컨테이너의 주소가 자격 증명을 줍니다.</translation>
    </message>
    <message>
        <source>The machine&apos;s instance profile gives the credentials.</source>
        <translation>컴퓨터의 인스턴스 프로필이 자격 증명을 줍니다.</translation>
    </message>
    <message>
        <source>The identity pool vouches for you; the role is the one the entry names.</source>
        <translation>자격 증명 풀이 사용자를 보증하고, 역할은 항목이 지정한 것입니다.</translation>
    </message>
    <message>
        <source>A guest of the identity pool: nobody signs in, and the pool chooses the role.</source>
        <translation>자격 증명 풀의 게스트: 아무도 로그인하지 않으며 풀이 역할을 고릅니다.</translation>
    </message>
    <message>
        <source>A guest of the identity pool: nobody signs in, and the entry names the role.</source>
        <translation>자격 증명 풀의 게스트: 아무도 로그인하지 않으며 항목이 역할을 지정합니다.</translation>
    </message>
    <message>
        <source>{time} were asked for, but the permission set decides how long: the call takes no duration.</source>
        <translation>{time}을(를) 요청했지만 유효 시간은 권한 세트가 정합니다. 이 호출은 시간을 받지 않습니다.</translation>
    </message>
    <message>
        <source>{time} were asked for, but the identity pool decides how long: the call takes no duration.</source>
        <translation>{time}을(를) 요청했지만 유효 시간은 자격 증명 풀이 정합니다. 이 호출은 시간을 받지 않습니다.</translation>
    </message>
    <message>
        <source>{time} were asked for, but whoever gives these credentials decides how long.</source>
        <translation>{time}을(를) 요청했지만 유효 시간은 이 자격 증명을 주는 쪽이 정합니다.</translation>
    </message>
    <message>
        <source>Without a code IAM refuses it as well.</source>
        <translation>코드 없이는 IAM도 이 세션을 거부합니다.</translation>
    </message>
    <message>
        <source>For the root user AWS makes it one hour, whatever is asked.</source>
        <translation>루트 사용자에게는 얼마를 요청하든 AWS가 한 시간만 줍니다.</translation>
    </message>
    <message>
        <source>A program gives the credentials; it runs only while you accept its exact line.</source>
        <translation>프로그램이 자격 증명을 줍니다. 정확한 줄을 허용하는 동안에만 실행됩니다.</translation>
    </message>
    <message>
        <source>A code goes along with the first role; it helps only if these are a user’s own keys.</source>
        <translation>첫 역할에 코드를 함께 보냅니다. 사용자 자신의 키일 때만 쓸모가 있습니다.</translation>
    </message>
    <message>
        <source>Its policy allows everything: the session may do all that the key&apos;s user may.</source>
        <translation>정책이 모든 것을 허용합니다. 세션은 키의 사용자가 할 수 있는 모든 일을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>{person} is signed in: AWS takes the response for {minutes} min more, for all its roles.</source>
        <translation>{person}(으)로 로그인되어 있습니다. AWS가 이 응답을 {minutes}분 더, 응답에 있는 모든 역할에 대해 받습니다.</translation>
    </message>
</context>
<context>
    <name>RouteDiagram</name>
    <message>
        <source>access key in ~/.aws</source>
        <translation>~/.aws의 액세스 키</translation>
    </message>
    <message>
        <source>access key in the keyring</source>
        <translation>키링의 액세스 키</translation>
    </message>
    <message>
        <source>temporary credentials in ~/.aws</source>
        <translation>~/.aws의 임시 자격 증명</translation>
    </message>
    <message>
        <source>its credentials</source>
        <translation>제공되는 자격 증명</translation>
    </message>
    <message>
        <source>{call} + code</source>
        <translation>{call} + 코드</translation>
    </message>
    <message>
        <source>for as long as they last</source>
        <translation>제공한 쪽이 정한 기간</translation>
    </message>
    <message>
        <source>lives {time}</source>
        <translation>{time} 유지</translation>
    </message>
    <message>
        <source>until {time}, shared</source>
        <translation>{time}까지, 공유</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
    <message>
        <source>{left}, renews itself</source>
        <translation>{left}, 자동 갱신</translation>
    </message>
    <message>
        <source>sign-in at IAM Identity Center</source>
        <translation>IAM Identity Center 로그인</translation>
    </message>
    <message>
        <source>SAML sign-in</source>
        <translation>SAML 로그인</translation>
    </message>
    <message>
        <source>web identity token in a file</source>
        <translation>파일에 있는 웹 자격 증명 토큰</translation>
    </message>
    <message>
        <source>Cognito identity pool</source>
        <translation>Cognito 자격 증명 풀</translation>
    </message>
    <message>
        <source>aws login</source>
        <translation>aws login</translation>
    </message>
    <message>
        <source>credential_process</source>
        <translation>credential_process</translation>
    </message>
    <message>
        <source>environment variables</source>
        <translation>환경 변수</translation>
    </message>
    <message>
        <source>container credentials</source>
        <translation>컨테이너 자격 증명</translation>
    </message>
    <message>
        <source>instance profile</source>
        <translation>인스턴스 프로필</translation>
    </message>
    <message>
        <source>{call}: the role of the response</source>
        <translation>{call}: 응답에 있는 역할</translation>
    </message>
    <message>
        <source>AWS decides how long</source>
        <translation>유효 시간은 AWS가 정함</translation>
    </message>
    <message>
        <source>lives as long as the response says, else {time}</source>
        <translation>응답이 정한 시간 동안 유효, 없으면 {time}</translation>
    </message>
    <message>
        <source>session policy</source>
        <translation>세션 정책</translation>
    </message>
    <message>
        <source>session tags</source>
        <translation>세션 태그</translation>
    </message>
    <message>
        <source>source identity</source>
        <translation>소스 ID</translation>
    </message>
    <message>
        <source>identity pool, sign-in at {provider}</source>
        <translation>자격 증명 풀, {provider} 로그인</translation>
    </message>
    <message>
        <source>sign-in at {provider}</source>
        <translation>{provider} 로그인</translation>
    </message>
</context>
<context>
    <name>RoutePreview</name>
    <message>
        <source>The way it will take</source>
        <translation>거치게 될 경로</translation>
    </message>
    <message>
        <source>It is drawn here as soon as everything needed is filled in.</source>
        <translation>필요한 항목을 모두 채우면 여기에 경로가 그려집니다.</translation>
    </message>
    <message>
        <source>This policy allows everything: whoever has the session may do all that the user of {user} may.</source>
        <translation>이 정책은 모든 것을 허용합니다. 세션을 가진 사람은 {user}의 사용자가 할 수 있는 모든 일을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>new role</source>
        <translation>새 역할</translation>
    </message>
</context>
<context>
    <name>RowActions</name>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Open the AWS console</source>
        <translation>AWS 콘솔 열기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the credentials in the default format</source>
        <translation>자격 증명을 기본 형식으로 복사</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
</context>
<context>
    <name>SamlChoice</name>
    <message>
        <source>Search these roles</source>
        <translation>이 역할에서 찾기</translation>
    </message>
    <message>
        <source>Roles in the response</source>
        <translation>응답에 있는 역할</translation>
    </message>
    <message>
        <source>Put all of them into my list, to click on next time</source>
        <translation>모두 내 목록에 넣어 다음부터 바로 클릭하기</translation>
    </message>
</context>
<context>
    <name>SamlDialog</name>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Another response</source>
        <translation>다른 응답</translation>
    </message>
    <message>
        <source>Waiting for the browser</source>
        <translation>브라우저를 기다리는 중</translation>
    </message>
    <message>
        <source>Which role?</source>
        <translation>어떤 역할인가요?</translation>
    </message>
    <message>
        <source>Sign in at {provider}</source>
        <translation>{provider} 로그인</translation>
    </message>
    <message>
        <source>You are signed in as {person}. Choose the role for this session.</source>
        <translation>{person}(으)로 로그인했습니다. 이 세션의 역할을 선택하세요.</translation>
    </message>
    <message>
        <source>AWS takes a response for five minutes after the sign-in.</source>
        <translation>AWS는 로그인 후 5분 동안만 응답을 받습니다.</translation>
    </message>
    <message>
        <source>AWS takes it for {time} more</source>
        <translation>AWS가 받는 시간이 {time} 남았습니다</translation>
    </message>
</context>
<context>
    <name>SamlGuide</name>
    <message>
        <source>Sign in at your company</source>
        <translation>회사 로그인</translation>
    </message>
    <message>
        <source>In the browser, up to AWS. On a page with your roles choose none: stay there.</source>
        <translation>브라우저에서 AWS까지 가세요. 역할 목록이 나오면 아무것도 고르지 말고 그대로 두세요.</translation>
    </message>
    <message>
        <source>Bring back what the browser sent to AWS</source>
        <translation>브라우저가 AWS로 보낸 것을 가져오기</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사한 값</translation>
    </message>
    <message>
        <source>Saved page</source>
        <translation>저장한 페이지</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>네트워크 기록</translation>
    </message>
    <message>
        <source>SAML response</source>
        <translation>SAML 응답</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>파일 선택…</translation>
    </message>
    <message>
        <source>Press F12 before you sign in and choose Network. Afterwards click the request named saml, then Payload, and copy the value of SAMLResponse. The whole request, copied as cURL, will do too.</source>
        <translation>로그인하기 전에 F12를 눌러 네트워크를 여세요. 로그인한 뒤 saml이라는 요청에서 페이로드를 열고 SAMLResponse의 값을 복사하세요. 요청 전체를 cURL로 복사해도 됩니다.</translation>
    </message>
    <message>
        <source>On AWS&apos;s page with your roles press Ctrl+S and save it as a complete page. Then drop the file here. It also tells the names of the accounts.</source>
        <translation>역할 목록이 있는 AWS 페이지에서 Ctrl+S를 눌러 전체 페이지로 저장한 뒤, 파일을 여기에 끌어다 놓으세요. 계정 이름도 함께 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Press F12 before you sign in and choose Network. Afterwards save all as HAR and drop the file here. Delete it then: it holds your whole sign-in.</source>
        <translation>로그인하기 전에 F12를 눌러 네트워크를 여세요. 로그인한 뒤 모두 HAR로 저장해 여기에 끌어다 놓으세요. 로그인 전체가 담겨 있으니 쓰고 나면 지우세요.</translation>
    </message>
    <message>
        <source>Paste SAMLResponse here (Ctrl+V)</source>
        <translation>SAMLResponse를 여기에 붙여 넣으세요(Ctrl+V)</translation>
    </message>
    <message>
        <source>Drop the file here, or paste its content</source>
        <translation>파일을 여기에 끌어다 놓거나 내용을 붙여 넣으세요</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>다시 열기</translation>
    </message>
    <message>
        <source>Open sign-in page</source>
        <translation>로그인 페이지 열기</translation>
    </message>
    <message>
        <source>Saved page, recording or text file</source>
        <translation>저장한 페이지, 네트워크 기록 또는 텍스트 파일</translation>
    </message>
    <message>
        <source>In the browser. What it gets comes here by itself.</source>
        <translation>브라우저에서 로그인하면 응답이 자동으로 여기에 옵니다.</translation>
    </message>
    <message>
        <source>If it does not come, bring it here</source>
        <translation>오지 않으면 직접 가져오기</translation>
    </message>
</context>
<context>
    <name>ScanStep</name>
    <message>
        <source>The code it shows now</source>
        <translation>지금 보이는 코드</translation>
    </message>
    <message>
        <source>The code after it</source>
        <translation>그다음 코드</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>QR 코드</translation>
    </message>
    <message>
        <source>Cannot scan it?</source>
        <translation>스캔할 수 없나요?</translation>
    </message>
</context>
<context>
    <name>SeedDialog</name>
    <message>
        <source>Keep a seed</source>
        <translation>시드 보관</translation>
    </message>
    <message>
        <source>Keep the seed of an MFA device</source>
        <translation>MFA 디바이스의 시드 보관</translation>
    </message>
    <message>
        <source>Rolecall then makes the codes itself and asks you for none. Paste the text that begins with otpauth:// or the letters beside the QR code, or choose, drop or paste a picture of the code.</source>
        <translation>그러면 Rolecall이 코드를 직접 만들고 묻지 않습니다. otpauth://로 시작하는 글이나 QR 코드 옆의 글자를 붙여 넣거나, 코드 그림을 고르거나 끌어다 놓거나 붙여 넣으세요.</translation>
    </message>
    <message>
        <source>What it means: whoever unlocks this computer has both your key and your code, and your sessions renew by themselves. It still guards you against a stolen key. Keep the device on your phone as well.</source>
        <translation>알아 두세요: 이 컴퓨터의 잠금을 푸는 사람은 키와 코드를 모두 갖게 되고, 세션은 스스로 갱신됩니다. 키만 도난당한 경우는 여전히 막아 줍니다. 휴대전화의 디바이스도 계속 유지하세요.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>MFA device</source>
        <translation>MFA 디바이스</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>그림…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Keep in the keyring</source>
        <translation>키링에 보관</translation>
    </message>
    <message>
        <source>Picture of the QR code</source>
        <translation>QR 코드 그림</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>There is no QR code of an MFA device in this picture.</source>
        <translation>이 그림에 MFA 디바이스의 QR 코드가 없습니다.</translation>
    </message>
    <message>
        <source>This is no seed: neither an otpauth:// text of six-digit codes nor letters.</source>
        <translation>시드가 아닙니다. 여섯 자리 코드의 otpauth:// 글도, 시드 글자도 아닙니다.</translation>
    </message>
    <message>
        <source>Which device is it?</source>
        <translation>어느 디바이스인가요?</translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message>
        <source>Sessions outlive a restart</source>
        <translation>다시 시작해도 세션 유지</translation>
    </message>
    <message>
        <source>In a file encrypted with a key in your keyring. Without a keyring they live in memory only.</source>
        <translation>키링의 키로 암호화한 파일에 보관합니다. 키링이 없으면 메모리에만 있습니다.</translation>
    </message>
    <message>
        <source>Lock before sleep</source>
        <translation>절전 전에 잠그기</translation>
    </message>
    <message>
        <source>Sessions and keys leave memory; a click brings them back.</source>
        <translation>세션과 키를 메모리에서 지웁니다. 클릭하면 되돌아옵니다.</translation>
    </message>
    <message>
        <source>Lock with the screen</source>
        <translation>화면을 잠글 때 함께 잠그기</translation>
    </message>
    <message>
        <source>Programs are refused until you are back.</source>
        <translation>돌아올 때까지 프로그램의 요청을 거절합니다.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Copy format</source>
        <translation>복사 형식</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>클립보드 비우기</translation>
    </message>
    <message>
        <source>Console opens at</source>
        <translation>콘솔 시작 위치</translation>
    </message>
    <message>
        <source>Notice before expiry</source>
        <translation>만료 전 알림</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>First notice</source>
        <translation>첫 번째 알림</translation>
    </message>
    <message>
        <source>Last notice</source>
        <translation>마지막 알림</translation>
    </message>
    <message>
        <source>Renew sessions where nobody has to be asked</source>
        <translation>물어볼 필요가 없는 세션은 자동으로 갱신</translation>
    </message>
    <message>
        <source>When a program needs a code, ask at once</source>
        <translation>프로그램에 코드가 필요하면 바로 묻기</translation>
    </message>
    <message>
        <source>Closing the window leaves Rolecall in the tray</source>
        <translation>창을 닫아도 트레이에 남기</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>로그인할 때 시작</translation>
    </message>
    <message>
        <source> min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>after </source>
        <translation>복사 후 </translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>데스크톱 설정에 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>홈 페이지</translation>
    </message>
    <message>
        <source>General</source>
        <translation>일반</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>운영</translation>
    </message>
</context>
<context>
    <name>SetupDialog</name>
    <message>
        <source>Set up an MFA device</source>
        <translation>MFA 디바이스 설정</translation>
    </message>
    <message>
        <source>For the user of</source>
        <translation>사용자 키</translation>
    </message>
    <message>
        <source>Name of the device</source>
        <translation>디바이스 이름</translation>
    </message>
    <message>
        <source>Keep the seed in the keyring too</source>
        <translation>시드를 키링에도 보관</translation>
    </message>
    <message>
        <source>Rolecall then makes the codes itself and renews your sessions. Whoever unlocks this computer has both your key and your code.</source>
        <translation>그러면 Rolecall이 코드를 직접 만들고 세션을 갱신합니다. 이 컴퓨터의 잠금을 푸는 사람은 키와 코드를 모두 갖게 됩니다.</translation>
    </message>
    <message>
        <source>Line for the profile</source>
        <translation>프로필에 쓸 줄</translation>
    </message>
    <message>
        <source>Delete the device</source>
        <translation>디바이스 삭제</translation>
    </message>
    <message>
        <source>Scan, then type two codes</source>
        <translation>스캔하고 코드 두 개 입력</translation>
    </message>
    <message>
        <source>The device is ready</source>
        <translation>디바이스가 준비되었습니다</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>활성화</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>An authenticator app on your phone becomes a device of your IAM user.</source>
        <translation>휴대전화의 인증 앱이 IAM 사용자의 디바이스가 됩니다.</translation>
    </message>
    <message>
        <source>Scan the code with the authenticator app. Then type the code it shows, and the next one as soon as it appears.</source>
        <translation>인증 앱으로 코드를 스캔하세요. 그다음 표시되는 코드와 이어서 나타나는 코드를 바로 입력하세요.</translation>
    </message>
    <message>
        <source>This device was made before and is not enabled yet.</source>
        <translation>앞서 만들었지만 아직 활성화되지 않은 디바이스입니다.</translation>
    </message>
    <message>
        <source>A device of an earlier try, whose seed was lost, was deleted.</source>
        <translation>앞선 시도에서 시드를 잃은 디바이스를 삭제했습니다.</translation>
    </message>
    <message>
        <source>{device} is a device of your user now.</source>
        <translation>이제 {device}은(는) 사용자의 디바이스입니다.</translation>
    </message>
    <message>
        <source>To use it, write this line into profile {name} in ~/.aws/config, and into its roles:</source>
        <translation>사용하려면 ~/.aws/config의 {name} 프로필과 그 역할들에 이 줄을 적으세요:</translation>
    </message>
</context>
<context>
    <name>SidePane</name>
    <message>
        <source>Session</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>리전</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>홈 페이지</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>콘솔 열기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy credentials</source>
        <translation>자격 증명 복사</translation>
    </message>
    <message>
        <source>Copy credentials as</source>
        <translation>자격 증명 복사 형식</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>세션 지우기</translation>
    </message>
    <message>
        <source>{time} (local)</source>
        <translation>{time}(현지 시간)</translation>
    </message>
    <message>
        <source>Asks for a new code</source>
        <translation>새 코드를 요청합니다</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>This role is production</source>
        <translation>운영 역할로 표시</translation>
    </message>
    <message>
        <source>Asks you to sign in again</source>
        <translation>다시 로그인해야 합니다</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>{percent} % of what AWS allows</source>
        <translation>AWS 허용량의 {percent}%</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <source>Sign in at {provider}</source>
        <translation>{provider} 로그인</translation>
    </message>
    <message>
        <source>IAM Identity Center</source>
        <translation>IAM Identity Center</translation>
    </message>
    <message>
        <source>the identity provider</source>
        <translation>ID 공급자</translation>
    </message>
    <message>
        <source>Finish signing in in your browser; this window closes by itself.</source>
        <translation>브라우저에서 로그인을 마치세요. 이 창은 저절로 닫힙니다.</translation>
    </message>
    <message>
        <source>Open this address on any device and compare or type the code:</source>
        <translation>아무 기기에서나 이 주소를 열고 코드를 비교하거나 입력하세요:</translation>
    </message>
    <message>
        <source>Paste what the identity provider gave.</source>
        <translation>ID 공급자가 준 것을 붙여 넣으세요.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Choose a role.</source>
        <translation>역할을 선택하세요.</translation>
    </message>
    <message>
        <source>Use a code on another device instead</source>
        <translation>다른 기기에서 코드로 로그인</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>Clipboard is cleared in %n s</source>
        <translation>
            <numerusform>%n초 뒤 클립보드를 비웁니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear now</source>
        <translation>지금 비우기</translation>
    </message>
    <message>
        <source>Journal…</source>
        <translation>기록…</translation>
    </message>
    <message>
        <source>Enter copy</source>
        <translation>Enter 복사</translation>
    </message>
    <message>
        <source>Enter sign in</source>
        <translation>Enter 로그인</translation>
    </message>
    <message>
        <source>Ctrl+Enter console</source>
        <translation>Ctrl+Enter 콘솔</translation>
    </message>
    <message>
        <source>Ctrl+C copy</source>
        <translation>Ctrl+C 복사</translation>
    </message>
    <message>
        <source>Who asked for which role (Ctrl+J)</source>
        <translation>누가 어떤 역할을 요청했는지 (Ctrl+J)</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>Keyring unlocked</source>
        <translation>키링 열림</translation>
    </message>
    <message>
        <source>Keyring locked</source>
        <translation>키링 잠김</translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation>키링 없음</translation>
    </message>
    <message>
        <source>Keyring not trusted</source>
        <translation>신뢰할 수 없는 키링</translation>
    </message>
    <message>
        <source>clock {seconds} s</source>
        <translation>시계 {seconds}초</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
    <message>
        <source>Nothing happened in this time</source>
        <translation>이 기간에는 기록이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n role(s); the arrow keys go through them</source>
        <translation>
            <numerusform>역할 %n개. 화살표 키로 이동합니다</numerusform>
        </translation>
    </message>
    <message>
        <source>{role}: refused at {begin}</source>
        <translation>{role}: {begin}에 거부됨</translation>
    </message>
    <message>
        <source>{role}: denied by you at {begin}</source>
        <translation>{role}: {begin}에 내가 거부함</translation>
    </message>
    <message>
        <source>{role}: cancelled at {begin}</source>
        <translation>{role}: {begin}에 취소됨</translation>
    </message>
    <message>
        <source>{role}: from {begin} to {end}</source>
        <translation>{role}: {begin}부터 {end}까지</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>A code is waited for</source>
        <translation>코드를 기다리는 중</translation>
    </message>
    <message>
        <source>and %n more</source>
        <translation>외 %n개</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>No session is live</source>
        <translation>로그인된 세션 없음</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근 사용</translation>
    </message>
    <message>
        <source>{name} — {hours} h {minutes} min</source>
        <translation>{name} — {hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>{name} — %n min</source>
        <translation>{name} — %n분</translation>
    </message>
    <message>
        <source>Enter the code of {device}…</source>
        <translation>{device}의 코드 입력…</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>콘솔 열기</translation>
    </message>
    <message>
        <source>Copy credentials</source>
        <translation>자격 증명 복사</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>세션 지우기</translation>
    </message>
    <message>
        <source>It may do all that {user} may</source>
        <translation>{user} 사용자가 할 수 있는 모든 일을 할 수 있음</translation>
    </message>
    <message>
        <source>More roles: search…</source>
        <translation>더 많은 역할은 검색…</translation>
    </message>
    <message>
        <source>Without an account</source>
        <translation>계정 없음</translation>
    </message>
    <message>
        <source>Search roles…</source>
        <translation>역할 검색…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>잠금 해제</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>잠그기</translation>
    </message>
    <message>
        <source>Journal…</source>
        <translation>기록…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>About Rolecall</source>
        <translation>Rolecall 정보</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Sign in for {role}…</source>
        <translation>{role} 로그인…</translation>
    </message>
    <message>
        <source>A program of {profile} waits for you…</source>
        <translation>{profile}의 프로그램이 확인을 기다립니다…</translation>
    </message>
</context>
<context>
    <name>WhichPage</name>
    <message>
        <source>Start URL or session</source>
        <translation>시작 URL 또는 세션</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>리전</translation>
    </message>
    <message>
        <source>where it was set up, such as eu-west-1</source>
        <translation>설정한 곳, 예: eu-west-1</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n시간</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n분</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n분 남음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{role} and %n more</source>
        <translation>
            <numerusform>{role} 외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>For {roles}, asked by {program}.</source>
        <translation>{roles}용 · {program} 요청</translation>
    </message>
    <message>
        <source>For {roles}.</source>
        <translation>{roles}용</translation>
    </message>
</context>
<context>
    <name>_DeviceView</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
</TS>
