@echo off
rem Runs fink-kafka from this checkout: builds it on first use and whenever its sources changed.
setlocal
set "root=%~dp0"
set "tool=%root%artifacts\bin\Fink.Cli\release\fink-kafka.dll"
set "built=%root%artifacts\launcher.built"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1

where dotnet >nul 2>nul
if errorlevel 1 (
  echo fink-kafka: the .NET SDK 10.0 is needed ^(https://dotnet.microsoft.com/download/dotnet/10.0^): install it, or put its folder on PATH 1>&2
  exit /b 1
)

powershell -NoProfile -Command "if (-not (Test-Path $env:tool) -or -not (Test-Path $env:built)) { exit 1 }; $t = (Get-Item $env:built).LastWriteTimeUtc; $n = Get-ChildItem -Recurse (Join-Path $env:root 'src'), (Join-Path $env:root 'Directory.*.props'), (Join-Path $env:root 'global.json') | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 }"
if errorlevel 1 (
  echo fink-kafka: building ^(only when the sources are new or changed^) ... 1>&2
  if not exist "%root%artifacts" mkdir "%root%artifacts"
  echo building> "%built%.new"
  dotnet build "%root%src\Fink.Cli\Fink.Cli.csproj" --configuration Release --nologo --verbosity quiet > "%built%.log" 2>&1
  if errorlevel 1 (
    type "%built%.log" 1>&2
    echo fink-kafka: the build failed, see above 1>&2
    exit /b 1
  )
  del "%built%.log"
  move /y "%built%.new" "%built%" >nul
)
dotnet "%tool%" %*
exit /b %errorlevel%
