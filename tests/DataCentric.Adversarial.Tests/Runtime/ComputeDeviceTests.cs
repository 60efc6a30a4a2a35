using DataCentric.Adversarial.Runtime;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Runtime;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData(DeviceChoice.Auto, true, true, DeviceType.CUDA)]
    [InlineData(DeviceChoice.Cuda, true, true, DeviceType.CUDA)]
    [InlineData(DeviceChoice.Cpu, true, true, DeviceType.CPU)]
    [InlineData(DeviceChoice.Auto, true, false, DeviceType.CPU)]
    [InlineData(DeviceChoice.Auto, false, false, DeviceType.CPU)]
    [InlineData(DeviceChoice.Cpu, false, false, DeviceType.CPU)]
    public void A_device_that_can_be_had_is_had_without_words(DeviceChoice choice, bool isCudaBuild, bool hasCuda, DeviceType expected)
    {
        var device = ComputeDevice.Choose(choice, isCudaBuild, () => hasCuda);

        device.Type.ShouldBe(expected);
        device.Shortfall.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, "-p:TorchDevice=cuda")]
    [InlineData(true, "no CUDA device")]
    public void Cuda_that_cannot_be_had_becomes_the_processor_and_is_told(bool isCudaBuild, string told)
    {
        var device = ComputeDevice.Choose(DeviceChoice.Cuda, isCudaBuild, () => false);

        device.Type.ShouldBe(DeviceType.CPU);
        device.Shortfall!.ShouldContain(told);
        device.Shortfall!.ShouldEndWith("Computing on the processor.");
    }

    [Fact]
    public void A_build_for_processors_never_asks_for_cuda()
    {
        foreach (var choice in Enum.GetValues<DeviceChoice>())
            ComputeDevice.Choose(choice, isCudaBuild: false, () => throw new InvalidOperationException()).Type.ShouldBe(DeviceType.CPU);
    }
}
