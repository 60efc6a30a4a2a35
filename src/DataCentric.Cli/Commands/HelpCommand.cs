namespace DataCentric.Cli.Commands;

/// <summary><c>help</c>: the help of a verb, as people ask other tools for it.</summary>
internal static class HelpCommand
{
    /// <summary>Makes it for a tool.</summary>
    /// <param name="root">The tool, with its other verbs.</param>
    public static Command Create(RootCommand root)
    {
        var verb = new Argument<string?>("VERB") { Description = "The verb. [default: none: all verbs are listed]", Arity = ArgumentArity.ZeroOrOne };
        verb.CompletionSources.Add(_ => Completions.Items("", root.Subcommands.Select(command => command.Name), isList: false));
        verb.Validators.Add(result =>
        {
            if (result.Tokens is [var named] && root.Subcommands.All(command => command.Name != named.Value))
                result.AddError(Mistyped.Verb(root, named.Value));
        });
        var command = new Command("help", "Show the help of a verb.") { verb };
        command.SetAction((parsed, cancellationToken) =>
            root.Parse([.. new[] { parsed.GetValue(verb) }.OfType<string>(), "--help"]).InvokeAsync(parsed.InvocationConfiguration, cancellationToken));
        return command;
    }
}
