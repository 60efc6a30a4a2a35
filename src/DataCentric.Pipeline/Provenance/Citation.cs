namespace DataCentric.Pipeline.Provenance;

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
