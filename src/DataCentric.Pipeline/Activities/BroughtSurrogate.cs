using System.Security.Cryptography;
using DataCentric.Attacks;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>A surrogate that the user brought: checked against its name and the data set.</summary>
/// <param name="models">The model store.</param>
/// <param name="adversary">Knows model files.</param>
internal sealed class BroughtSurrogate(IDataStore models, IAdversary adversary)
{
    /// <summary>Reads the model file and tells what it is.</summary>
    /// <exception cref="InputException">It is not there, no model file, or for other classes or images than the data set's.</exception>
    /// <exception cref="InvalidDataException">It is not the file that the run was started with.</exception>
    public async Task<SurrogateModel> DescribeAsync(SurrogateInput input, CancellationToken cancellationToken)
    {
        var name = input.Brought!;
        var bytes = await ReadAsync(name, cancellationToken);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (BroughtModel.NameOf(sha256) != name)
            throw new InvalidDataException($"{models.Location}: {name} has hash {sha256}; it is broken or was replaced. Start the run again with the model file.");

        using var stream = new MemoryStream(bytes);
        var source = $"Surrogate model {input.Position + 1} of {input.Request.EnsembleSize}";
        var content = adversary.Inspect(stream, source);
        var set = input.Set;
        if (content.ClassCount != set.ClassCount || content.Shape != set.Shape)
        {
            throw new InputException($"{source} ({content.Architecture}): for {content.ClassCount} classes and images of {content.Shape}; "
                + $"the data set has {set.ClassCount} classes and images of {set.Shape}.");
        }

        return new SurrogateModel(content.Architecture, name, sha256, content.Parameters, TrainingAccuracy: null);
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await models.ReadAllBytesAsync(name, cancellationToken);
        }
        catch (StoreItemMissingException missing)
        {
            throw new InputException($"surrogateModels: {missing.Message}", missing);
        }
    }
}
