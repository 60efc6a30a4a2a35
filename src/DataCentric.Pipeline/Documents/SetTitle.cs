namespace DataCentric.Pipeline.Documents;

/// <summary>What a set is called.</summary>
internal static class SetTitle
{
    /// <summary>Name of the source: the last part of its path.</summary>
    public static string SourceOf(RunRecord run) => run.Request.Dataset.TrimEnd('/', '\\').Split('/', '\\')[^1];

    /// <summary>For people.</summary>
    public static string Of(RunRecord run) => run.Request.Name ?? $"{SourceOf(run)}, enhanced";

    /// <summary>For machines: letters, digits, '-', '_' and '.'.</summary>
    public static string IdentifierOf(RunRecord run) =>
        string.Concat((run.Request.Name ?? $"{SourceOf(run)}-enhanced").Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
}

/// <summary>The publication of the method.</summary>
internal static class Citation
{
    public const string Address = "https://arxiv.org/abs/2203.05323";

    public const string Text =
        "Yiqi Zhong, Lei Wu, Xianming Liu, Junjun Jiang: Exploiting the Potential of Datasets: A Data-Centric Approach for Model Robustness, 2022";

    public const string BibTex = """
        @article{zhong2022exploiting,
          title = {Exploiting the Potential of Datasets: A Data-Centric Approach for Model Robustness},
          author = {Zhong, Yiqi and Wu, Lei and Liu, Xianming and Jiang, Junjun},
          journal = {arXiv preprint arXiv:2203.05323},
          year = {2022}
        }
        """;
}
