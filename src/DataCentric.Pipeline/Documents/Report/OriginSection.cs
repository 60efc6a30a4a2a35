using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>Where the set comes from, under which terms, how to make it again, and its files.</summary>
internal static class OriginSection
{
    private const int MostNamed = 5;

    public static Html Create(RunRecord run) => Html.Of($"""
        <section id="origin"><h2>Origin, and how to repeat it</h2>
        <dl class="pairs">
        <dt>Source</dt><dd>{ShownPlace.Of(run.Request.Dataset)}, {Numbers.Count(run.Available)} samples, {run.InputFormat}</dd>{LeftOut(run.LeftOut)}
        <dt>SHA-256</dt><dd><code>{run.Input.InputHash}</code></dd>
        <dt>Licence</dt><dd>{License(run.License)}</dd>
        <dt>Version</dt><dd>{run.DataVersion}{(run.Published is { } published ? $", published {published.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}</dd>
        <dt>Method</dt><dd>{Citation.Text}, <a href="{Citation.Address}">arXiv:2203.05323</a></dd>
        </dl>
        <h3>Make it again</h3>
        <p>The same command on the same data gives the same set; attacked pixels are the same bytes on machines whose device line agrees.</p>
        <pre><code>{RepeatCommand.Of(run.Request)}</code></pre>{ToFillIn(run.Request)}
        <p>Check what lies here:</p>
        <pre><code>datacentric verify .</code></pre>
        <details><summary>Files and their hashes</summary>
        {Styles.Scrolling("Files", Html.Of($"""
            <table><caption>{run.Files.Count} files; larger sets of files have a list of their own</caption>
            <thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col" class="text">SHA-256</th></tr></thead>
            <tbody>{Html.Each(run.Files, file => Html.Of($"""<tr><th scope="row">{file.Name}</th><td>{Numbers.Bytes(file.Length)}</td><td class="text"><code>{file.Sha256}</code></td></tr>"""))}</tbody></table>
            """))}</details></section>
        """);

    /// <summary>What the command cannot know: where things lie on the machine of whoever types it.</summary>
    private static Html ToFillIn(EnhancementRequest request)
    {
        List<string> words = [];
        if (ShownPlace.IsShortened(request.Dataset))
            words.Add($"{ShownPlace.Of(request.Dataset)} stands for where the data set lies.");
        if (RepeatCommand.ModelsOf(request) is { Count: > 0 } models)
            words.Add($"Lay the model files that the run was given beside it: {string.Join(", ", models)}. The digits of a name are those that the SHA-256 of its file begins with.");
        return words.Count == 0 ? Html.None : Html.Of($"\n<p>{string.Join(' ', words)}</p>");
    }

    private static Html LeftOut(IReadOnlyList<string>? broken) => broken is null ? Html.None
        : Html.Of($"\n<dt>Left out</dt><dd>{Numbers.Count(broken.Count)} broken picture{(broken.Count == 1 ? "" : "s")}, which run.json names: {string.Join(", ", broken.Take(MostNamed))}{(broken.Count > MostNamed ? ", ..." : "")}</dd>");

    private static Html License(DataLicense? license) => license switch
    {
        null or { IsUnknown: true } => Html.Of($"""<div class="warning"><strong>Unknown.</strong> Nobody stated the terms of the source, which hold for this set too. Find them out before you use or share it.</div>"""),
        { Address: { } address } => Html.Of($"""<a href="{address}">{license.Id}</a>, as of the source"""),
        _ => Html.Of($"{license.Id}, as of the source"),
    };
}
