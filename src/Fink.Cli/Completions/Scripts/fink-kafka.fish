# Completion of fink-kafka in fish. Try it:      fink-kafka completion fish | source
# For good:  fink-kafka completion fish > ~/.config/fish/completions/fink-kafka.fish

function __fink_kafka_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l tool $before[1]
    set -e before[1]
    for candidate in ($tool complete -- $before "$current" 2>/dev/null </dev/null)
        if test "$candidate" = :files
            # Behind --option= only the value is a path.
            set -l begun (string match -r -- '^-.*=' "$current")
            for path in (__fish_complete_path (string replace -r -- '^-.*=' '' "$current"))
                echo "$begun$path"
            end
        else
            echo $candidate
        end
    end
end

complete -c fink-kafka -f -a '(__fink_kafka_complete)'
