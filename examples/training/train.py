"""Train a state-space classifier on a data file and write its model file (README.md has the commands).

    python3 train.py one-layer --data mnist10k.safetensors --model ../Digits/models/one-layer.ssm.json

Data:      safetensors with x_train, x_test (n, length, channels), y_train, y_test (n), from 0, and len_train,
           len_test (n) where lengths vary (zero-padded). A model sees u = scale x + offset per channel, which
           gives the training sequences (padding left out) mean 0 and variance 1, unless DATA says otherwise.
Training:  cross entropy (of `one-layer-pairs` with the penalties of truncation.py), AdamW, learning rate = warm-up over one epoch, then half a cosine down to 0;
           no weight decay and a lower rate for the modes (MODES);
           fresh random distortions of every sequence in every epoch.
Result:    the exponential moving average of the weights after the last epoch. Nothing is chosen by the
           test data. A part of the training data is held out, and only reported on, while training.
"""

import argparse
import hashlib
import math
import pathlib
import time

import torch
import torch.nn.functional as F

from distortion import distort
from formats import DTYPES, read_safetensors, to_bytes, write_model
from mamba import MambaClassifier
from ssm import LinOSS, S4DClassifier, S4Model
from truncation import agreement, penalised_loss

MODELS = {
    "one-layer": dict(
        build=S4DClassifier, hyper=dict(d_model=64, d_state=32), extra={},
        epochs=60, batch=50, rate=4e-2, mode_rate=2e-3, decay=0.01, strength=0.5, noise=0.0, held_out=0.1,
    ),
    "one-layer-pairs": dict(
        build=S4DClassifier, hyper=dict(d_model=96, d_state=32), extra={},
        penalties=dict(square=0.0015, cross_2=0.0, diverge_2=0.3, diverge_4=0.6),
        epochs=30, batch=50, rate=4e-2, mode_rate=2e-3, decay=0.01, strength=0.2, noise=0.0, held_out=0.1,
    ),
    "one-layer-glu": dict(
        build=S4DClassifier, hyper=dict(d_model=64, d_state=32, glu=True), extra={},
        epochs=20, batch=50, rate=1e-2, mode_rate=2e-3, decay=0.01, strength=0.5, noise=0.0, held_out=0.1,
    ),
    "deep": dict(
        build=S4Model, hyper=dict(d_model=64, n_layers=4, d_state=32, prenorm=True), extra=dict(dropout=0.1),
        epochs=60, batch=32, rate=4e-3, mode_rate=1e-3, decay=0.05, strength=1.0, noise=0.0, held_out=0.1,
    ),
    "linoss": dict(
        build=LinOSS, hyper=dict(H=32, ssm_size=16, num_blocks=1), extra={},
        epochs=60, batch=32, rate=1e-2, mode_rate=2e-3, decay=0.05, strength=0.5, noise=0.0, held_out=0.1,
    ),
    "mamba": dict(
        build=MambaClassifier, extra={},
        hyper=dict(d_model=32, n_layers=2, d_state=8, d_conv=4, expand=2, dt_rank=2, norm_epsilon=1e-5),
        epochs=90, batch=50, rate=1e-2, mode_rate=2e-3, decay=0.05, strength=0.5, noise=0.0, held_out=0.1,
    ),
}

# By the name of the data file. `set` changes those entries of MODELS that the model has, `image` is the side of a square image that
# the sequence spells row by row (only images are distorted by `strength`), `scaling` is (scale, offset),
# `centred=False` keeps the offset 0: u = 0 is the background.
DATA = {
    "mnist10k": dict(set=dict(held_out=400), image=28, scaling=(1 / 64, 0.0)),
    "digits14": dict(set=dict(held_out=400), image=14, scaling=(1 / 64, 0.0)),
    "fashion_mnist_12k": dict(
        set=dict(held_out=400, epochs=30, strength=0.3), image=28, centred=False,
        labels=["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"],
    ),
    "japanese_vowels": dict(set=dict(d_model=32, d_state=16, epochs=100, batch=27, rate=1e-2, decay=0.1, noise=0.3)),
    "epilepsy": dict(set=dict(d_model=32, d_state=16, epochs=200, batch=16, rate=1e-2, decay=0.1, noise=0.1)),
}


# Tensors of eigenvalues and step sizes.
MODES = ("log_dt", "log_A_real", "A_imag", "A_diag", "steps", "A_log")


class Sequences:
    """Some sequences of a data file: x (n, length, channels) as stored, y (n), lengths (n) or None."""

    def __init__(self, x, y, lengths):
        self.x, self.y, self.lengths = x, y, lengths

    def __len__(self):
        return len(self.x)

    def __getitem__(self, chosen):
        return Sequences(self.x[chosen], self.y[chosen], None if self.lengths is None else self.lengths[chosen])

    @staticmethod
    def of(tensors, split):
        return Sequences(tensors["x_" + split], tensors["y_" + split].long(), tensors.get("len_" + split))

    def scaling(self, centred):
        """scale and offset (channels) for which scale x + offset has variance 1 and, if centred, mean 0; padding left out."""
        steps = self.x.double()
        if self.lengths is None:
            steps = steps.flatten(0, 1)
        else:
            steps = steps[torch.arange(steps.shape[1]) < self.lengths[:, None]]
        scale = 1 / steps.std(0).clamp(min=1e-6)
        offset = -steps.mean(0) * scale if centred else torch.zeros_like(scale)
        return scale.float(), offset.float()


def scaled(x, scaling):
    """u = scale x + offset, in the type of x."""
    scale, offset = scaling
    return scale.to(x.dtype) * x + offset.to(x.dtype)


def in_double(model, hyper):
    """The model in double precision with the float32 weights as they are."""
    wide = type(model)(**hyper).double().eval()
    wide.load_state_dict(model.state_dict())
    return wide


def parts(sequences, scaling, size):
    """(u, lengths, labels) in double precision, `size` sequences at a time."""
    for chosen in torch.arange(len(sequences)).split(size):
        part = sequences[chosen]
        yield scaled(part.x.double(), scaling), part.lengths, part.y


def correct(model, hyper, scaling, sequences):
    """Number of sequences classified correctly."""
    wide = in_double(model, hyper)
    with torch.no_grad():
        return sum(int((wide(u, lengths).argmax(1) == y).sum()) for u, lengths, y in parts(sequences, scaling, 100))


def report_truncations(model, hyper, scaling, used, held):
    """Print how often the truncations of orders 1 to 6 have the model's class on held-out sequences."""
    same, rms, greatest = agreement(
        in_double(model, hyper), ((u, lengths) for u, lengths, _ in parts(used, scaling, 20)),
        ((u, lengths) for u, lengths, _ in parts(held, scaling, 20)), range(1, 7),
    )
    shares = ", ".join(f"{100 * count / len(held):.1f}" for count in same)
    print(f"held out, agreement at orders 1 to 6: {shares} %; readouts: rms {rms:.2f}, greatest {greatest:.1f}", flush=True)


def parameter_groups(model, options):
    """The modes: lower rate, no decay. Vectors (bias, norm, D): no decay. Matrices and C: decay."""
    groups = {"mode": [], "vector": [], "matrix": []}
    for name, parameter in model.named_parameters():
        is_mode = name.split(".")[-1] in MODES
        groups["mode" if is_mode else "vector" if parameter.dim() == 1 else "matrix"].append(parameter)
    return [
        dict(params=groups["mode"], lr=options["mode_rate"], weight_decay=0.0),
        dict(params=groups["vector"], lr=options["rate"], weight_decay=0.0),
        dict(params=groups["matrix"], lr=options["rate"], weight_decay=options["decay"]),
    ]


def digest(tensors):
    """SHA-256 of the bytes of all tensors in the order of their names; the file's metadata is no part of it."""
    names = {dtype: name for name, (dtype, _) in DTYPES.items()}
    return hashlib.sha256(b"".join(to_bytes(tensors[name], names[tensors[name].dtype]) for name in sorted(tensors))).hexdigest()


def change(options, name, value):
    """Set one entry of a model's options, its hyperparameters, its extras or its penalties."""
    target = next(group for group in (options, options["hyper"], options["extra"], options.get("penalties", {})) if name in group)
    target[name] = type(target[name])(value)


def train(args):
    tensors, metadata = read_safetensors(args.data)
    data_digest = digest(tensors)
    data = DATA.get(pathlib.Path(args.data).stem, {})
    options = MODELS[args.what]
    known = {*options, *options["hyper"], *options["extra"]}
    for name, value in [*(pair for pair in data.get("set", {}).items() if pair[0] in known), *(pair.split("=") for pair in args.set)]:
        change(options, name, float(value))
    torch.manual_seed(args.seed)

    given, test = Sequences.of(tensors, "train"), Sequences.of(tensors, "test")
    is_held = torch.zeros(len(given), dtype=torch.bool)
    count = options["held_out"] if options["held_out"] >= 1 else options["held_out"] * len(given)
    is_held[torch.randperm(len(given))[: int(count)]] = True
    held, used = given[is_held], given[~is_held]
    used.x = used.x.float()
    if "scaling" in data:
        scaling = tuple(torch.full((used.x.shape[2],), value) for value in data["scaling"])
    else:
        scaling = used.scaling(data.get("centred", True))

    labels = data.get("labels") or (metadata["labels"].split(",") if "labels" in metadata else None)
    labels = labels or [str(label) for label in range(int(given.y.max()) + 1)]
    inputs, outputs = options["build"].sizes
    hyper = options["hyper"] = {inputs: used.x.shape[2], outputs: len(labels), **options["hyper"]}
    model = options["build"](**hyper, **options["extra"])
    average = options["build"](**hyper, **options["extra"])
    average.load_state_dict(model.state_dict())
    steps_per_epoch = len(used) // options["batch"]
    steps, warm = steps_per_epoch * options["epochs"], steps_per_epoch
    optimizer = torch.optim.AdamW(parameter_groups(model, options), betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda k: (k + 1) / warm if k < warm else 0.5 * (1 + math.cos(math.pi * (k - warm) / max(1, steps - warm))),
    )

    def save(epoch, held_correct):
        """Write the model file; the test accuracy is that of the float32 weights in the file."""
        hits = correct(average, hyper, scaling, test)
        write_model(args.model, average.architecture, hyper, *scaling, labels, {
            "script": "examples/training/train.py",
            "model": args.what,
            "data": f"{metadata['source']} ({metadata['licence']})",
            "data_sha256": data_digest,
            "set": args.set,
            "epochs": epoch,
            "planned_epochs": options["epochs"],
            "seed": args.seed,
            "test_accuracy": round(hits / len(test), 6),
            "test_correct": hits,
            "test_sequences": len(test),
            "train_sequences": len(used),
            "held_out_correct": held_correct,
            "held_out_sequences": len(held),
            "selection": "moving average of the weights after the last epoch; nothing chosen by the test data",
            "torch": torch.__version__,
        }, average.state_dict())
        print(f"saved after epoch {epoch}: test {hits}/{len(test)} = {hits / len(test):.4f}", flush=True)

    step = 0
    for epoch in range(1, options["epochs"] + 1):
        begin, total = time.time(), 0.0
        model.train()
        for chosen in torch.randperm(len(used))[: steps_per_epoch * options["batch"]].split(options["batch"]):
            batch = used[chosen]
            if "image" in data:
                images = batch.x.reshape(-1, 1, data["image"], data["image"])
                batch.x = distort(images, options["strength"]).reshape(batch.x.shape)
            u = scaled(batch.x, scaling)
            if options["noise"] > 0:
                u = u + options["noise"] * torch.randn_like(u)
            if "penalties" in options:
                loss = penalised_loss(model, u, batch.lengths, batch.y, options["penalties"])
            else:
                loss = F.cross_entropy(model(u, batch.lengths), batch.y)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            keep = min(0.999, step / (step + 10))
            with torch.no_grad():  # average <- keep average + (1 - keep) weights, and running statistics
                torch._foreach_mul_(list(average.state_dict().values()), keep)
                torch._foreach_add_(list(average.state_dict().values()), list(model.state_dict().values()), alpha=1 - keep)
            total += loss.item()
        seconds = time.time() - begin
        hits = correct(average, hyper, scaling, held)
        print(f"epoch {epoch}: loss {total / steps_per_epoch:.4f}, held out {hits}/{len(held)}, {seconds:.1f} s", flush=True)
        if epoch % 10 == 0 or epoch == options["epochs"]:
            save(epoch, hits)
    if "penalties" in options:
        report_truncations(average, hyper, scaling, used, held)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=MODELS)
    parser.add_argument("--data", required=True, help="the data file; DATA knows some by their name")
    parser.add_argument("--model", required=True, help="the file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change an entry of MODELS")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    train(args)
