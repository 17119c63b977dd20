"""Stacks (docs/architectures/stack.md) and Transformers of the same task in PyTorch, written from their formulas.

A stack is SSM + FNN, alternated, without norms. Sequences are (B, L): tokens, or (B, L, d): numbers.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


class Modes(nn.Module):
    """Modes that all channels share, one of each conjugate pair:

        s_t = lambda s_{t-1} + B x_t      o_t = 2 Re(C s_t) + D x_t      lambda = exp(-exp(nu) + i exp(theta))

    As a convolution, by the Fourier transform. Start: |lambda| uniform in the ring `radii`, phases uniform up to `phase`, B divided so that states have the size of x.
    """

    def __init__(self, width, modes, readouts, radii=(0.95, 0.9999), phase=math.pi):
        super().__init__()
        magnitude = radii[0] + (radii[1] - radii[0]) * torch.rand(modes)
        self.nu = nn.Parameter((-magnitude.log()).log())
        self.theta = nn.Parameter((phase * torch.rand(modes)).clamp_min(1e-3).log())
        scale = (1 - magnitude**2).sqrt()[:, None, None] / math.sqrt(2 * width)
        self.input = nn.Parameter(torch.randn(modes, width, 2) * scale)
        self.output = nn.Parameter(torch.randn(readouts, modes, 2) / math.sqrt(2 * modes))
        self.skip = nn.Parameter(torch.randn(readouts, width) / math.sqrt(width))
        self.given = None  # eigenvalues of a model file, as they are

    def eigenvalues(self):
        if self.given is not None:
            return self.given
        return torch.exp(torch.complex(-self.nu.exp(), self.theta.exp()))

    def forward(self, x):
        length = x.shape[1]
        drive = torch.complex(F.linear(x, self.input[..., 0]), F.linear(x, self.input[..., 1]))  # (B, L, N)
        kernel = self.eigenvalues()[None] ** torch.arange(length, device=x.device)[:, None]  # (L, N)
        size = 2 * length
        states = torch.fft.ifft(torch.fft.fft(drive, size, dim=1) * torch.fft.fft(kernel, size, dim=0)[None], dim=1)[:, :length]
        reads = 2 * (F.linear(states.real, self.output[..., 0]) - F.linear(states.imag, self.output[..., 1]))
        return reads + F.linear(x, self.skip)


class Still(nn.Module):
    """The layer without memory that a further FNN needs in a stack: one mode with eigenvalue 0 per channel, whose state is x."""

    def forward(self, x):
        return x


class StackLayer(nn.Module):
    """x + W_2 gelu(W_1 o + b_1) + b_2, o of the modes."""

    def __init__(self, width, modes, units):
        super().__init__()
        self.modes = Modes(width, modes, width) if modes else Still()
        self.linear1, self.linear2 = nn.Linear(width, units), nn.Linear(units, width)
        with torch.no_grad():
            self.linear2.weight.mul_(0.5)

    def forward(self, x):
        return x + self.linear2(F.gelu(self.linear1(self.modes(x))))


class AttentionLayer(nn.Module):
    """The layer of a Transformer before its norm: causal attention and an FNN, each beside a residual."""

    def __init__(self, width, heads, units):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.linear1, self.linear2 = nn.Linear(width, units), nn.Linear(units, width)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(torch.ones(length, length, dtype=torch.bool).triu(1), -math.inf)
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width))
        return x + self.linear2(F.gelu(self.linear1(self.norm2(x))))


class Model(nn.Module):
    """Embedding or encoder, layers, head. Outputs (B, L, outputs)."""

    def __init__(self, layers, width, outputs, tokens=None, inputs=None, positions=None):
        super().__init__()
        self.embedding = nn.Embedding(tokens, width) if tokens else None
        self.encoder = None if tokens else nn.Linear(inputs, width)
        self.positions = nn.Parameter(torch.randn(positions, width) * 0.02) if positions else None
        self.layers = nn.ModuleList(layers)
        self.head = nn.Linear(width, outputs, bias=not tokens)

    def forward(self, x):
        x = self.embedding(x) if self.embedding else self.encoder(x)
        if self.positions is not None:
            x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.head(x)


def tensors(model):
    """The tensors of a stack by their names in a model file."""
    found = {"embedding.weight": model.embedding.weight} if model.embedding else {"encoder.weight": model.encoder.weight, "encoder.bias": model.encoder.bias}
    for i, layer in enumerate(model.layers):
        prefix, modes = f"layers.{i}.", layer.modes
        width = layer.linear1.in_features
        if isinstance(modes, Still):
            identity = torch.eye(width)
            found |= {prefix + "eigenvalue": torch.zeros(width), prefix + "input": identity, prefix + "output": identity}
        else:
            found |= {
                prefix + "eigenvalue": torch.view_as_real(modes.eigenvalues()), prefix + "input": modes.input,
                prefix + "output": modes.output, prefix + "skip": modes.skip,
            }
        found |= {f"{prefix}{name}": value for name, value in layer.named_parameters() if name.startswith("linear")}
    found["head.weight"] = model.head.weight
    if model.head.bias is not None:
        found["head.bias"] = model.head.bias
    return {name: tensor.detach().float().contiguous() for name, tensor in found.items()}


def load(model, weights):
    """A stack with the weights of a model file."""
    own = model.state_dict()
    for i, layer in enumerate(model.layers):
        prefix = f"layers.{i}."
        if isinstance(layer.modes, Modes):
            layer.modes.given = torch.view_as_complex(weights[prefix + "eigenvalue"].double())
            own |= {f"{prefix}modes.{name}": weights[prefix + name].double() for name in ("input", "output", "skip")}
        own |= {prefix + name: weights[prefix + name].double() for name, _ in layer.named_parameters() if name.startswith("linear")}
    own |= {name: weights[name].double() for name in own if name in weights}
    model.load_state_dict(own)
    return model


def hyper(model):
    """The hyperparameters of a stack."""
    return {"decoder": "gelu-erf", "residual": True} | {f"layers.{i}.gamma": 1 if isinstance(layer.modes, Still) else 2 for i, layer in enumerate(model.layers)}
