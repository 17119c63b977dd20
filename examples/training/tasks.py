"""The tasks of selection.py: what is drawn, what is asked for, and how right an answer is. docs/theory.md says what they are for.

Every task draws from a generator, so that a seed says which samples. `batch(size, count, generator)` gives x (B, L) or (B, L, d) and targets: (B, L) with -100 where nothing is asked
for, or (B) of a model that pools; `size(progress, generator)` is that of a training step. Regression has a fixed number of samples instead, and `draw`.

`training` holds what was chosen by hand, on the task's SSM + FNN + SSM + FNN and for all models alike: steps, batch, learning rate, and `gain`, which multiplies the first linear map of
every FNN at the start.
"""

import math

import torch
import torch.nn.functional as F

WORDS = 16


class Copying:
    """<start> w_1 .. w_L <stop> and L blanks, under which the string is to be written."""

    name, sizes = "copying", range(8, 33, 4)
    labels = [f"w{i}" for i in range(WORDS)] + ["start", "stop", "blank"]
    model = dict(width=48, modes=64, units=192, outputs=WORDS + 3, tokens=WORDS + 3, longest=66)
    training = dict(steps=4000, batch=64, rate=3e-3, gain=1.0)

    @staticmethod
    def batch(size, count, generator):
        string = torch.randint(WORDS, (count, size), generator=generator)
        tokens = F.pad(string, (1, 1 + size), value=WORDS + 2)
        tokens[:, 0], tokens[:, size + 1] = WORDS, WORDS + 1
        return tokens, F.pad(string, (size + 2, 0), value=-100)

    @staticmethod
    def size(progress, generator):
        return int(torch.randint(8, 33, (1,), generator=generator))


class Recall:
    """k_1 v_1 .. k_n v_n and the n keys again in another order, under each of which its value is to be written; 16 keys and 16 values.

    The number of pairs is uniform between 2 and a greatest one, which grows from 2 to 16 in the first two thirds of the steps: from 4 pairs on at once, no stack learned it.
    """

    name, sizes = "recall", range(4, 17, 2)
    labels = [f"k{i}" for i in range(WORDS)] + [f"v{i}" for i in range(WORDS)]
    model = dict(width=48, modes=64, units=192, outputs=2 * WORDS, tokens=2 * WORDS, longest=48)
    training = dict(steps=5000, batch=128, rate=4e-3, gain=2.0)

    @staticmethod
    def batch(size, count, generator):
        keys = torch.rand(count, WORDS, generator=generator).argsort(1)[:, :size]
        values = WORDS + torch.randint(WORDS, (count, size), generator=generator)
        order = torch.rand(count, size, generator=generator).argsort(1)
        tokens = torch.cat([torch.stack([keys, values], 2).flatten(1), keys.gather(1, order)], 1)
        return tokens, F.pad(values.gather(1, order), (2 * size, 0), value=-100)

    @staticmethod
    def size(progress, generator):
        return int(torch.randint(2, min(16, 2 + int(15 * progress / 0.7)) + 1, (1,), generator=generator))


class Genome:
    """DNA of 512 bases, drawn uniformly. One marker; the class is that of the first motif after it, which begins 8 to 64 bases behind its end. Before the marker are two motifs of random
    classes, at least 48 bases after the decisive one a third.

    In training the number of bases is uniform between 128 and a greatest one, in steps of 64, which grows from 128 to 512 between 30 % and 60 % of the steps (the third motif only where
    there is room). Transformers read the last eight bases at each place, as k-mers do; stacks read single bases.
    """

    name, sizes = "genome", [512]
    labels = ["motif A", "motif B"]
    model = dict(width=32, modes=32, units=64, outputs=2, inputs=4, longest=512, pooled=True)
    training = dict(steps=5000, batch=32, rate=4e-3, gain=2.0)
    marker, motifs = "TATAAGGC", ("CCACGTGA", "GGATTCAT")

    @classmethod
    def draw(cls, length, count, generator):
        """Bases (count, length), classes, and the first places of marker and decisive motif."""
        code = lambda text: torch.tensor(["ACGT".index(base) for base in text])
        motifs = torch.stack([code(motif) for motif in cls.motifs])
        uniform = lambda low, high: int(torch.randint(low, high + 1, (1,), generator=generator))
        bases = torch.randint(4, (count, length), generator=generator)
        classes, places = torch.randint(2, (count,), generator=generator), torch.zeros(count, 2, dtype=torch.long)
        for i in range(count):
            marker = uniform(16, length - 80)
            motif = marker + 8 + uniform(8, 64)
            others = [uniform(0, marker // 2 - 8), uniform(marker // 2, marker - 8)]
            if motif + 64 <= length:
                others.append(uniform(motif + 56, length - 8))
            for place, word in [(marker, code(cls.marker)), (motif, motifs[classes[i]])] + [(place, motifs[uniform(0, 1)]) for place in others]:
                bases[i, place : place + 8] = word
            places[i, 0], places[i, 1] = marker, motif
        return bases, classes, places

    @classmethod
    def batch(cls, size, count, generator):
        bases, classes, _ = cls.draw(size, count, generator)
        return F.one_hot(bases, 4).float(), classes

    @staticmethod
    def size(progress, generator):
        steps = round(6 * min(1, max(0, progress - 0.3) / 0.3))
        return 128 + 64 * int(torch.randint(steps + 1, (1,), generator=generator))


class Regression:
    """64 tokens in [0, 1]^2. The two with the greatest first coordinates are chosen; the target is a smooth function of their second coordinates u, v, the greatest one's first:
    cos(pi u) + cos(pi v) / 2 + u v, scaled to mean 0 and variance 1. Training targets have noise of deviation 0.1."""

    name, sizes = "regression", [2**k for k in range(9, 15)]
    labels = []
    model = dict(width=32, modes=32, units=64, outputs=1, inputs=2, longest=64, pooled=True)
    training = dict(steps=2000, batch=32, rate=3e-3, gain=2.0)
    mean = 1 / 4
    deviation = math.sqrt(1 / 2 + 1 / 8 + 7 / 144 - 2 / math.pi**2 - 1 / math.pi**2)  # u v has variance 7/144 and covariance -1/pi^2 with cos(pi u)

    @classmethod
    def draw(cls, count, generator):
        """Sequences and targets without noise."""
        x = torch.rand(count, 64, 2, generator=generator)
        u, v = x[:, :, 1].gather(1, x[:, :, 0].topk(2, 1).indices).unbind(1)
        return x, (((math.pi * u).cos() + (math.pi * v).cos() / 2 + u * v - cls.mean) / cls.deviation)[:, None]


TASKS = {task.name: task for task in (Copying, Recall, Regression, Genome)}
