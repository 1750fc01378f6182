# Completion of fink-kafka in PowerShell. Try it: fink-kafka completion pwsh | Out-String | Invoke-Expression
# For good:  fink-kafka completion pwsh >> $PROFILE

Register-ArgumentCompleter -Native -CommandName fink-kafka -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.ToString().PadRight($length).Substring(0, $length)
    $tool = $commandAst.CommandElements[0].Value
    & $tool complete --line $line 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
        $word, $about = $_ -split "`t", 2
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
