using System.Reflection;
using DataCentric.Imaging.Corruptions;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>How corruptions take parameters that are none.</summary>
public class ParameterTests
{
    public static TheoryData<Type> Kinds => [.. typeof(Corruption).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Corruption)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Missing_parameters_are_named(Type kind)
    {
        foreach (var constructor in kind.GetConstructors())
        {
            var arguments = constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(CorruptionId) ? default(CorruptionId) : (object?)null);

            Should.Throw<ArgumentNullException>(() => constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments], null))
                .ParamName.ShouldBe("parameters");
        }
    }

    [Fact]
    public void A_parameter_out_of_range_is_named_as_it_is_written() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Contrast(default, new ContrastParameters { Factor = 11 })).Message
            .ShouldContain("parameters.Factor must be 0 to 10");
}
