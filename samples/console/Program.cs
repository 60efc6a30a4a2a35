using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using TorchSharp;
using static TorchSharp.torch;

// Four images of noise, one of them with frost, all attacked by a network with random weights.
var shape = new ImageShape(32, 32);
var pixels = new byte[4 * shape.ByteLength];
new Random(1).NextBytes(pixels);
var images = new ImageSet(shape, pixels, labels: [0, 1, 2, 3], sourceIds: ["a", "b", "c", "d"]);

var frost = Corruptions.Cifar["frost", severity: 2].Apply(images.Image(0), shape, seed: 7, sample: 0);
Console.WriteLine($"frost: {frost.Zip(images.Image(0).ToArray()).Average(pair => Math.Abs(pair.First - pair.Second)):F1} levels of change");

random.manual_seed(1);
using var network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4));
network.eval();
using var ensemble = ModuleEnsemble.Of([network], shape, classCount: 4);
var attack = AttackProfiles.Recommended.Attack;
var attacked = ensemble.Attack(new AttackBatch(images, [0, 1, 2, 3], RunSeed: 7), attack, progress: null, CancellationToken.None);
var budget = PerturbationBudget.Of(attack);
for (var i = 0; i < images.Count; i++)
{
    var now = attacked.Pixels.AsSpan(i * shape.ByteLength, shape.ByteLength);
    var (linf, l2, _) = budget.Measure(images.Image(i), now);
    Console.WriteLine($"image {i}: largest change {linf} levels, l2 norm {l2:F0}, within the budget: {budget.Holds(images.Image(i), now)}");
}
