"""Tests of the package; those that call the tool want it in DATACENTRIC_TOOL or on the path."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import datacentric  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

N, K = 40, 3


def arrays(n=N):
    random = numpy.random.default_rng(4)
    return random.integers(0, 256, (n, 16, 16, 3), numpy.uint8), numpy.arange(n) % K, ["ä cat", "dog", "cow"]


class EnhancedSets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = os.path.join(cls.folder.name, "out")
        cls.lines = []
        cls.made = datacentric.enhance(arrays(), cls.out, cls.lines.append, split="1:0:1", seed=3, kinds=["rain", "snow"])

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_arrays_come_back_with_labels_names_and_provenance(self):
        images, labels, classes = arrays()
        data = self.made
        self.assertEqual((len(data), data.images.shape, data.images.dtype), (N, images.shape, numpy.uint8))
        self.assertEqual((data.labels.dtype, data.labels.tolist()), (numpy.int64, labels.tolist()))
        self.assertEqual((data.soft_labels.dtype, data.soft_labels.shape, data.classes), (numpy.float32, (N, K), classes))
        roles = data.roles()
        self.assertEqual({role: len(indexes) for role, indexes in roles.items()}, {"clean": N // 2, "corrupted": N // 2})
        numpy.testing.assert_array_equal(data.images[roles["clean"]], images[roles["clean"]])
        self.assertTrue(all((data.images[i] != images[i]).any() for i in roles["corrupted"]))
        self.assertEqual({data.provenance[i]["kind"] for i in roles["corrupted"]}, {"rain", "snow"})
        self.assertEqual((data.run["request"]["seed"], data.run["request"]["split"]), (3, "1:0:1"))

    def test_progress_is_told_line_by_line(self):
        self.assertTrue(any("images" in line for line in self.lines), self.lines)

    def test_the_same_call_reads_what_is_finished(self):
        before = os.stat(os.path.join(self.out, "data.npy")).st_mtime_ns
        again = datacentric.enhance(arrays(), self.out, lambda line: None, split="1:0:1", seed=3, kinds=["rain", "snow"])
        self.assertEqual(os.stat(os.path.join(self.out, "data.npy")).st_mtime_ns, before)
        numpy.testing.assert_array_equal(again.images, self.made.images)

    def test_pixels_may_stay_on_the_disk(self):
        data = datacentric.load(self.out, check=False, mmap=True)
        self.assertIsInstance(data.images, numpy.memmap)
        numpy.testing.assert_array_equal(data.images[5], self.made.images[5])

    def test_what_the_tool_refuses_is_an_error_with_its_words(self):
        with self.assertRaises(datacentric.ToolError) as caught:
            datacentric.enhance(arrays(), os.path.join(self.folder.name, "other"), lambda line: None, profil="paper")
        self.assertEqual(caught.exception.exit_code, 2)
        self.assertIn("Did you mean --profile?", str(caught.exception))

    @unittest.skipIf(torch is None, "There is no PyTorch here.")
    def test_a_dataset_of_pytorch(self):
        image, label = self.made.dataset()[4]
        self.assertEqual((image.shape, image.dtype, label), ((3, 16, 16), torch.float32, 4 % K))
        numpy.testing.assert_allclose(image.permute(1, 2, 0).numpy() * 255, self.made.images[4], atol=1e-4)
        images, labels = next(iter(torch.utils.data.DataLoader(self.made.dataset(lambda pixels: int(pixels[0, 0, 0]), soft=True), batch_size=8)))
        self.assertEqual((images.shape, labels.shape, labels.dtype), ((8,), (8, K), torch.float32))


class Folders(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        images, labels, _ = arrays(6)
        numpy.save(self.path("data.npy"), images)
        numpy.save(self.path("label.npy"), numpy.eye(K, dtype=numpy.float32)[labels])

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def refused(self, words):
        with self.assertRaises(datacentric.BrokenSetError) as caught:
            datacentric.load(self.folder.name)
        self.assertIn(words, str(caught.exception))

    def test_a_plain_pair_has_no_provenance(self):
        data = datacentric.load(self.folder.name)
        self.assertEqual((data.classes, data.provenance, data.run, data.labels.tolist()), (["0", "1", "2"], None, None, [0, 1, 2, 0, 1, 2]))
        self.assertRaises(datacentric.BrokenSetError, data.roles)

    def test_a_changed_file_is_refused_by_its_hash(self):
        with open(self.path("run.json"), "w", encoding="utf-8") as file:
            json.dump({"classes": ["a", "b", "c"], "files": [{"name": "data.npy", "sha256": "0" * 64}]}, file)
        self.refused("data.npy is not the file")

    def test_what_is_missing_or_does_not_fit_is_named(self):
        with open(self.path("manifest.jsonl"), "w", encoding="utf-8") as file:
            file.write("{}\n")
        self.refused("manifest.jsonl has 1 lines for 6 images")
        os.remove(self.path("manifest.jsonl"))
        numpy.save(self.path("label.npy"), numpy.zeros((5, K), numpy.float32))
        self.refused("label.npy")
        os.remove(self.path("label.npy"))
        self.refused("label.npy cannot be read")


class Words(unittest.TestCase):
    def test_options_are_those_of_the_command_line(self):
        from datacentric import _tool

        words = _tool._words({"resume": True, "dry_run": False, "limit": None, "seed": 7, "formats": ["parquet", "folder"], "surrogate_models": ["a", "b"]})
        self.assertEqual(words, ["--resume", "--seed", "7", "--formats", "parquet,folder", "--surrogate-models", "a", "b"])

    def test_pictures_of_another_type_are_refused_before_anything_is_written(self):
        with self.assertRaises(ValueError):
            datacentric.enhance((numpy.zeros((2, 8, 8, 3)), [0, 1]), "nowhere", tool=["false"])
        self.assertFalse(os.path.exists("nowhere"))


class Examples(unittest.TestCase):
    def test_raw_against_enhanced_prints_a_table(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "examples", "raw_against_enhanced.py")
        with tempfile.TemporaryDirectory() as work:
            for name, seed in (("raw", 1), ("test", 2)):
                os.mkdir(os.path.join(work, name))
                numpy.save(os.path.join(work, name, "data.npy"), numpy.random.default_rng(seed).integers(0, 256, (40, 16, 16, 3), numpy.uint8))
                numpy.save(os.path.join(work, name, "label.npy"), numpy.arange(40) % K)
            done = subprocess.run(
                [sys.executable, script, os.path.join(work, "raw"), os.path.join(work, "test"), os.path.join(work, "all"),
                 "--limit", "30", "--test-images", "24", "--epochs", "1", "--surrogate-epochs", "1", "--attacker-epochs", "1"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "{'adversarial': 12, 'clean': 6, 'corrupted': 12}")
        self.assertEqual(lines[1].split(), ["trained", "on", "clean", "attacked", "corrupted", "mean"])
        table = {line.split()[0]: [float(word) for word in line.split()[1:]] for line in lines[2:]}
        self.assertEqual(sorted(table), ["enhanced", "raw"])
        for clean, attacked, corrupted, mean in table.values():
            self.assertAlmostEqual(mean, (clean + attacked + corrupted) / 3, delta=0.11)


if __name__ == "__main__":
    unittest.main()
