# Builds the folder and the installer; signs where a certificate is named. Untried; see README.md.
$ErrorActionPreference = 'Stop'
Set-Location "$PSScriptRoot\..\.."
$env:PYTHONPATH = 'app'
$python = '.venv\Scripts\python.exe'
$version = & $python -c 'import rolecall; print(rolecall.__version__)'

function Sign($path) {
    if ($env:SIGN_THUMBPRINT) {
        signtool sign /sha1 $env:SIGN_THUMBPRINT /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 $path
        if ($LASTEXITCODE) { throw "signing $path failed" }
    }
}

New-Item -ItemType Directory -Force build | Out-Null
& $python -c "from PySide6.QtGui import QImage; QImage('resources/icons/rolecall-256.png').save('build/rolecall.ico')"
& $python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build\work packaging\windows\rolecall.spec
if ($LASTEXITCODE) { throw 'PyInstaller failed' }
Sign dist\rolecall\rolecall.exe
Sign dist\rolecall\rolecallw.exe
iscc "/DVersion=$version" packaging\windows\rolecall.iss
if ($LASTEXITCODE) { throw 'Inno Setup failed' }
Sign "dist\Rolecall-$version-setup.exe"
