namespace DataCentric.Attacks;

/// <summary>What an attack ascends, for z_f the logits of surrogate f, w_f its weight and y the label.</summary>
public enum AttackLoss
{
    /// <summary>J = -z_y of z = sum_f w_f z_f (the paper, eq. 4; Zhao et al. 2021): its gradient does not fade where the attack has won.</summary>
    Logit,

    /// <summary>J = sum_f w_f CE(z_f, y), the usual loss of FGSM and PGD (Goodfellow et al. 2015; Madry et al. 2018).</summary>
    CrossEntropy,
}
