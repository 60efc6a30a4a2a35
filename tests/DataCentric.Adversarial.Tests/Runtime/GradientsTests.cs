using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Runtime;

public sealed class GradientsTests
{
    [Fact]
    public void Each_leaf_gets_the_gradient_of_the_loss_and_keeps_none()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor([1f, 2f, 3f]).requires_grad_(), tensor([4f, 5f, 6f]).requires_grad_());

        for (var time = 0; time < 2; time++)
        {
            var gradients = Gradients.Of((x * x * y).sum(), x, y);

            gradients[0].data<float>().ToArray().ShouldBe([8f, 20f, 36f]); // 2 x y
            gradients[1].data<float>().ToArray().ShouldBe([1f, 4f, 9f]); // x x
            x.grad.ShouldBeNull();
        }
    }

    [Fact]
    public void What_goes_wrong_in_the_backward_pass_is_an_exception()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f, 3f]).requires_grad_();
        var y = x.exp();
        var loss = y.sum();
        y.zero_(); // exp's backward pass needs it

        Should.Throw<System.Runtime.InteropServices.ExternalException>(() => Gradients.Of(loss, x)).Message.ShouldContain("inplace");
        x.grad.ShouldBeNull();
    }
}
