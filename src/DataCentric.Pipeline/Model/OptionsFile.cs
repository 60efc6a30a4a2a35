namespace DataCentric.Pipeline.Model;

/// <summary>Options of a run in a file: a JSON object with the names that a start over HTTP takes, or the record of another run.</summary>
public static class OptionsFile
{
    private const string Request = "request";

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>What it chooses; of a record what the run was asked for, with its data set and test sets at their places on that machine.</returns>
    /// <exception cref="InputException">It is neither, or an option cannot be read; the message says all that is wrong.</exception>
    public static EnhancementChoices Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TryReadRecord(text) is { } request)
            return EnhancementChoices.Of(request);
        var problems = new List<string>();
        var choices = ChoicesJson.Read(text, problems);
        return problems.Count == 0 ? choices : throw new InputException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>The request of a run record; null where the text is something else.</summary>
    private static EnhancementRequest? TryReadRecord(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(Request, out var member))
                return null;
            var request = member.Deserialize<EnhancementRequest>(PipelineJson.Compact) ?? throw new InputException("The record's request is null.");
            if (Completeness.FindMissing(request) is { } missing)
                throw new InputException($"The record's request lacks {missing}.");
            return request.Validate() is { Count: > 0 } problems ? throw new InputException(string.Join(Environment.NewLine, problems)) : request;
        }
        catch (JsonException wrong) when (wrong.Path is not null)
        {
            throw new InputException($"The record's {Request} cannot be read: {wrong.Message}", wrong);
        }
        catch (JsonException)
        {
            return null; // told as options that are not JSON
        }
    }
}
