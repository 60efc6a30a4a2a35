namespace DataCentric.Cli.Commands;

/// <summary>
/// <c>completion</c>: a script that lets a shell complete verbs, options and their words. The script asks this very program, by the suggest
/// directive of System.CommandLine; where the program suggests nothing, the shell completes names of files.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # source <(datacentric completion bash)
            _datacentric_complete() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(PROGRAM "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _datacentric_complete datacentric
            """,
        ["zsh"] = """
            # source <(datacentric completion zsh)
            _datacentric_complete() {
              local line="${(j: :)words[1,CURRENT]}"
              local -a found
              found=("${(@f)$(PROGRAM "[suggest:${#line}]" "${line}" 2>/dev/null)}")
              if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
            }
            compdef _datacentric_complete datacentric
            """,
        ["fish"] = """
            # datacentric completion fish | source
            function __datacentric_ask
              set -l line (commandline -cp)
              set -g __datacentric_found (PROGRAM "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
              string match -q -- (commandline -ct)"*" $__datacentric_found
            end
            complete -c datacentric -f -n __datacentric_ask -a '$__datacentric_found'
            complete -c datacentric -F -n 'not __datacentric_ask'
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script for completion in a shell: source <(datacentric completion bash), or datacentric completion fish | source.") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(Scripts[parsed.GetValue(shell)!].Replace("PROGRAM", Program(), StringComparison.Ordinal));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>How a shell starts this program, so that completion works behind an alias too.</summary>
    private static string Program()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "datacentric");
        return File.Exists(program) ? Quoted(program) : $"dotnet {Quoted(program + ".dll")}";
    }

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
