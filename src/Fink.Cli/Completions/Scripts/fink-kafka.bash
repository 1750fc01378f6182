# Completion of fink-kafka in bash. Try it:      source <(fink-kafka completion bash)
# For good:  fink-kafka completion bash > ~/.local/share/bash-completion/completions/fink-kafka

_fink_kafka() {
  local line=${COMP_LINE:0:COMP_POINT} tool=${COMP_WORDS[0]} begun='' word candidate
  COMPREPLY=()
  tool=${BASH_ALIASES[$tool]:-$tool}
  tool=${tool/#\~/$HOME}

  # bash takes what follows a = or : for a word of its own, and what is before it stays.
  word=${line##*[[:space:]]}
  if [[ $word == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]]; then
    begun=${word%"${word##*[=:]}"}
  fi

  # Not quoted: an alias may be several words.
  while IFS=$'\t' read -r candidate _; do
    if [[ $candidate == :files ]]; then
      type compopt &>/dev/null && compopt -o default
    else
      COMPREPLY+=("$(printf %q "${candidate#"$begun"}")")
    fi
  done < <($tool complete --line "$line" 2>/dev/null </dev/null)
}

complete -F _fink_kafka fink-kafka
