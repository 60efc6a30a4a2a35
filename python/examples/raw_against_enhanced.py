"""Raw against enhanced, end to end: the enhanced set, test images attacked and corrupted, one network trained on each set, a table.

    python3 python/examples/raw_against_enhanced.py samples/fashion-mnist samples/fashion-mnist/t10k-images-idx3-ubyte.gz work

needs the tool (see python/README.md) and some minutes. Stopped, the same command goes on.
"""
import argparse
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import datacentric  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
parser.add_argument("raw", help="data set to train on")
parser.add_argument("test", help="data set to test on")
parser.add_argument("work", help="folder for all that is made")
parser.add_argument("--limit", type=int, help="take only so many images of the data set")
parser.add_argument("--test-images", type=int, default=1000)
parser.add_argument("--network", default="resnet8")
parser.add_argument("--epochs", type=int, help="of the network")
parser.add_argument("--surrogate-epochs", type=int, help="of the network that attacks the data set")
parser.add_argument("--attacker-epochs", type=int, help="of the networks that attack the test images")
chosen = parser.parse_args()


def tool(verb, *words, **options):
    """A verb of the tool, and its result."""
    for name, value in options.items():
        if value is not None:
            words += (f"--{name.replace('_', '-')}", str(value))
    return json.loads(subprocess.run([*datacentric.command(), verb, "--json", *words], check=True, stdout=subprocess.PIPE).stdout)


enhanced, tests, scores = (os.path.join(chosen.work, name) for name in ("enhanced", "tests", "scores"))

# 1. The enhanced set: as large as the raw one. Which images were left as they are, attacked, corrupted?
data = datacentric.enhance(chosen.raw, enhanced, limit=chosen.limit, surrogate_epochs=chosen.surrogate_epochs)
print({role: len(indexes) for role, indexes in data.roles().items()})

# 2. Test images: clean, attacked by two networks that had no part in the enhanced set, corrupted by kinds it has and by others.
tool("testset", dataset=chosen.test, training=chosen.raw, out=tests, limit=chosen.test_images, leaks="drop",
     attacker_architectures="resnet20,densenet_compact", attacker_epochs=chosen.attacker_epochs)

# 3. The same network, trained in the ordinary way on the raw and on the enhanced set.
tool("score", raw=chosen.raw, enhanced=enhanced, test=tests, out=scores, arch=chosen.network, epochs=chosen.epochs)

with open(os.path.join(scores, "score.json"), encoding="utf-8") as file:
    rows = [row for row in json.load(file)["rows"] if row.get("architecture")]
print(f"{'trained on':<12}{'clean':>8}{'attacked':>10}{'corrupted':>11}{'mean':>7}")
for row in rows:
    clean, attacked, corrupted, mean = (row[part]["mean"] for part in ("ori", "adv", "cor", "score"))
    print(f"{row['arm']:<12}{clean:>8.1f}{attacked:>10.1f}{corrupted:>11.1f}{mean:>7.1f}")
