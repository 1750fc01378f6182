#compdef fink-kafka
# Completion of fink-kafka in zsh. Try it:       source <(fink-kafka completion zsh)
# For good, as _fink-kafka in a folder of $fpath: fink-kafka completion zsh > ~/.zfunc/_fink-kafka

_fink_kafka() {
  local candidate word about
  local -a found described
  for candidate in "${(@f)$(${~words[1]} complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}"; do
    if [[ $candidate == :files ]]; then
      # Behind --option= only the value is a path.
      compset -P '*='
      _files
    elif [[ -n $candidate ]]; then
      word=${candidate%%$'\t'*}
      about=
      [[ $candidate == *$'\t'* ]] && about=${candidate#*$'\t'}
      found+=("$word")
      described+=("${word}${about:+  -- $about}")
    fi
  done
  (( $#found )) && compadd -l -d described -a found
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
  _fink_kafka "$@"
else
  compdef _fink_kafka fink-kafka
fi
