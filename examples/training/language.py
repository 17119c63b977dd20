"""Train the language model of examples/Text on a text of bytes (README.md has the commands).

    python3 language.py text --bible bible.txt --text kjv.txt
    python3 language.py train --text kjv.txt --checkpoint text.safetensors
    python3 language.py losses --text ../Text/data/held-out.txt --checkpoint text.safetensors --losses losses.safetensors

text:    one verse a line and an empty line after each chapter, of what Debian's program `bible` prints; headings and numbers are left out.
train:   the last tenth of the text is held out. Cross entropy of the next byte over windows of LENGTH bytes that begin
         anywhere in the other nine tenths, AdamW, learning rate = warm-up, then half a cosine down to 0; no weight decay of vectors.
losses:  -ln p of each of the first SCORED bytes but the first, with the rounded weights and in double precision: with it the tests compare the example.
Result:  the exponential moving average of the weights after the last step, matrices rounded to BF16. Nothing is chosen by
         the held-out text; it is scored with the rounded weights, from a fresh state every SCORED bytes.
"""

import argparse
import hashlib
import json
import math
import pathlib
import re
import time

import torch
import torch.nn.functional as F

from formats import read_safetensors, write_safetensors
from mamba2 import Mamba2LM

HYPER = dict(vocab_size=256, d_model=128, n_layer=8, d_state=64, headdim=32, d_conv=4, expand=2, norm_epsilon=1e-5)
LENGTH, BATCH, SCORED = 512, 8, 4096
RATE, DECAY, WARM = 4e-3, 0.1, 200


def verses(printed):
    """The text of the verses of what `bible` prints: one a line, an empty line between chapters."""
    chapters, lines = [], []
    for line in printed.splitlines():
        verse = re.fullmatch(r" +\d+ (.*)", line)
        if verse:
            lines.append(verse[1].strip())
        elif lines and line.strip():
            chapters.append(lines)
            lines = []
    return "\n\n".join("\n".join(chapter) for chapter in [*chapters, lines]) + "\n"


def split(path):
    """The bytes of a text as tokens: nine tenths for training, the last tenth held out."""
    tokens = torch.frombuffer(bytearray(pathlib.Path(path).read_bytes()), dtype=torch.uint8).long()
    border = len(tokens) * 9 // 10
    return tokens[:border], tokens[border:]


def bits_per_byte(model, tokens):
    """Mean of -log2 p(byte | bytes before it in its part), parts of SCORED bytes."""
    total, count = 0.0, 0
    with torch.no_grad():
        for part in tokens[: len(tokens) // SCORED * SCORED].split(SCORED):
            losses = F.cross_entropy(model(part[None])[0, :-1], part[1:], reduction="sum")
            total, count = total + losses.item(), count + len(part) - 1
    return total / count / math.log(2)


def rounded(model):
    """The tensors by name, matrices rounded to BF16 (to nearest, ties to even)."""
    return {
        name: tensor.to(torch.bfloat16) if tensor.dim() == 2 else tensor for name, tensor in model.state_dict().items()
    }


def groups(model):
    """Matrices decay; vectors and the convolution do not."""
    matrices = [p for p in model.parameters() if p.dim() == 2]
    return [dict(params=matrices, weight_decay=DECAY), dict(params=[p for p in model.parameters() if p.dim() != 2], weight_decay=0.0)]


def train(args):
    used, held = split(args.text)
    torch.manual_seed(args.seed)
    model, average = Mamba2LM(**HYPER), Mamba2LM(**HYPER)
    average.load_state_dict(model.state_dict())
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(used):,} bytes", flush=True)
    optimizer = torch.optim.AdamW(groups(model), lr=RATE, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: (k + 1) / WARM if k < WARM else 0.5 * (1 + math.cos(math.pi * (k - WARM) / (args.steps - WARM)))
    )
    begin, total = time.time(), 0.0
    for step in range(1, args.steps + 1):
        starts = torch.randint(len(used) - LENGTH, (BATCH,))
        windows = torch.stack([used[start : start + LENGTH + 1] for start in starts])
        loss = F.cross_entropy(model(windows[:, :-1]).flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        keep = min(0.998, step / (step + 10))
        with torch.no_grad():
            torch._foreach_mul_(list(average.state_dict().values()), keep)
            torch._foreach_add_(list(average.state_dict().values()), list(model.state_dict().values()), alpha=1 - keep)
        total += loss.item()
        if step % 100 == 0:
            print(f"step {step}: {total / 100 / math.log(2):.4f} bits per byte, {time.time() - begin:.0f} s", flush=True)
            total = 0.0
        if step % 1000 == 0 or step == args.steps:
            save(args, average, held, step)


def save(args, average, held, step):
    """Write the checkpoint and its config.json, after scoring the held-out text with the weights in it."""
    tensors = rounded(average)
    exact = Mamba2LM(**HYPER)
    exact.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    score = bits_per_byte(exact, held)
    write_safetensors(args.checkpoint, tensors, {
        "script": "examples/training/language.py",
        "text_sha256": hashlib.sha256(pathlib.Path(args.text).read_bytes()).hexdigest(),
        "steps": str(step),
        "planned_steps": str(args.steps),
        "seed": str(args.seed),
        "held_out_bits_per_byte": f"{score:.4f}",
        "torch": torch.__version__,
    })
    config = {"ssm_cfg": {"layer": "Mamba2", **{name: HYPER[name] for name in ("d_state", "headdim", "d_conv", "expand")}}, "tie_embeddings": True}
    config.update({name: HYPER[name] for name in ("vocab_size", "d_model", "n_layer", "norm_epsilon")})
    path = pathlib.Path(args.checkpoint)
    path.with_suffix(".config.json").write_text(json.dumps(config, indent=2) + "\n")
    print(f"saved after step {step}: held out {score:.4f} bits per byte", flush=True)


def losses(args):
    tensors, _ = read_safetensors(args.checkpoint)
    model = Mamba2LM(**HYPER).double()
    model.load_state_dict({name: tensor.double() for name, tensor in tensors.items()})
    part = torch.frombuffer(bytearray(pathlib.Path(args.text).read_bytes()[:SCORED]), dtype=torch.uint8).long()
    with torch.no_grad():
        result = F.cross_entropy(model(part[None])[0, :-1], part[1:], reduction="none")
    sha256 = hashlib.sha256(pathlib.Path(args.checkpoint).read_bytes()).hexdigest()
    write_safetensors(args.losses, {"losses": result}, {"script": "examples/training/language.py", "checkpoint_sha256": sha256, "torch": torch.__version__})
    print(f"{result.mean().item() / math.log(2):.6f} bits per byte of {len(result)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["text", "train", "losses"])
    parser.add_argument("--bible", help="what `bible -l100000 gen1:1-rev22:21` prints")
    parser.add_argument("--text", required=True, help="the text")
    parser.add_argument("--checkpoint", help="the file to write; of losses, the file to read")
    parser.add_argument("--losses", help="the file to write the losses to")
    parser.add_argument("--steps", type=int, default=4800)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    if args.what == "text":
        pathlib.Path(args.text).write_text(verses(pathlib.Path(args.bible).read_text(encoding="ascii")), encoding="ascii")
    elif args.what == "losses":
        losses(args)
    else:
        train(args)
