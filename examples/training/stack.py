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

    Start: 1 - |lambda| is log-uniform from 0.1 / longest to 1, and at most 0.9, so that there are modes that remember a sequence of the length `longest` and modes that remember one
    step; the phase is pi u^2 with u uniform. B is divided so that states have the size of x.
    """

    def __init__(self, width, modes, readouts, longest):
        super().__init__()
        magnitude = 1 - torch.exp(math.log(0.1 / longest) * torch.rand(modes)).clamp_max(0.9)
        self.nu = nn.Parameter((-magnitude.log()).log())
        self.theta = nn.Parameter((math.pi * torch.rand(modes) ** 2).clamp_min(1e-3).log())
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
        """In chunks of Q steps: inside a chunk s_j = sum_{i <= j} lambda^(j-i) B x_i, a matrix product for each mode; then lambda^(j+1) times the state before the chunk."""
        batch, length, width = x.shape
        Q = min(length, 64)
        x = F.pad(x, (0, 0, 0, -length % Q))
        chunks, modes = x.shape[1] // Q, self.input.shape[0]
        rate, phase = (-self.nu.exp(), self.theta.exp()) if self.given is None else (self.given.abs().log(), self.given.angle())
        steps = torch.arange(Q + 1, dtype=x.dtype)
        size, turn = (rate[:, None] * steps).exp(), phase[:, None] * steps
        real, imag = size * turn.cos(), size * turn.sin()  # lambda^k, (N, Q + 1)
        drive = self.input.transpose(1, 2).reshape(2 * modes, width) @ x.reshape(-1, width).t()
        drive = drive.view(modes, 2, batch * chunks, Q).transpose(1, 2).reshape(modes, batch * chunks, 2 * Q)
        re, im = lagged(real[:, :Q]), lagged(imag[:, :Q])
        states = torch.bmm(drive, torch.cat([torch.cat([re, im], 2), torch.cat([-im, re], 2)], 1)).view(modes, batch, chunks, 2, Q)
        if chunks > 1:
            ends, before = states[..., -1], [torch.zeros_like(states[:, :, 0, :, 0])]
            for end in ends.unbind(2)[:-1]:
                before.append(end + times(before[-1], real[:, None, Q], imag[:, None, Q]))
            states = states + times(torch.stack(before, 2)[..., None], real[:, None, None, 1:], imag[:, None, None, 1:], axis=-2)
        reads = states.permute(1, 2, 4, 0, 3).reshape(-1, 2 * modes) @ (2 * torch.stack([self.output[..., 0], -self.output[..., 1]], 2)).reshape(-1, 2 * modes).t()
        return (reads.view(batch, -1, reads.shape[1]) + F.linear(x, self.skip))[:, :length]


def lagged(kernel):
    """(N, Q, Q) with kernel_{j-i} at (i, j), and 0 where j < i; by a view of the kernel repeated."""
    modes, Q = kernel.shape
    repeated = F.pad(kernel, (0, Q))[:, None].expand(modes, Q, 2 * Q).reshape(modes, -1)
    return repeated[:, : Q * (2 * Q - 1)].view(modes, Q, 2 * Q - 1)[:, :, :Q]


def times(state, real, imag, axis=-1):
    """The product of complex numbers, those of `state` as pairs along an axis."""
    re, im = state.unbind(axis)
    return torch.stack([re * real - im * imag, re * imag + im * real], axis)


class Still(nn.Module):
    """The layer without memory that a further FNN needs in a stack: one mode with eigenvalue 0 per channel, whose state is x."""

    def forward(self, x):
        return x


class StackLayer(nn.Module):
    """x + W_2 gelu(W_1 o + b_1) + b_2, o of the modes."""

    def __init__(self, width, modes, units, longest):
        super().__init__()
        self.modes = Modes(width, modes, width, longest) if modes else Still()
        self.linear1, self.linear2 = nn.Linear(width, units), nn.Linear(units, width)
        with torch.no_grad():
            self.linear2.weight.mul_(0.5)

    def forward(self, x):
        return x + self.linear2(F.gelu(self.linear1(self.modes(x))))


class AttentionLayer(nn.Module):
    """A layer of a Transformer with the norm first: causal attention and an FNN, each beside a residual. No norm is before the head."""

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
    """Embedding or encoder, layers, mean over time where the model pools, head. Outputs (B, L, outputs) or (B, outputs).

    With a window the encoder reads the last `window` samples at once.
    """

    def __init__(self, layers, width, outputs, tokens=None, inputs=None, positions=None, pooled=False, window=1):
        super().__init__()
        self.pooled, self.window = pooled, window
        self.embedding = nn.Embedding(tokens, width) if tokens else None
        self.encoder = None if tokens else nn.Linear(inputs * window, width)
        self.register_buffer("positions", waves(positions, width) if positions else None, persistent=False)
        self.layers = nn.ModuleList(layers)
        self.head = nn.Linear(width, outputs, bias=not tokens)

    def forward(self, x):
        if self.window > 1:
            x = F.pad(x, (0, 0, self.window - 1, 0)).unfold(1, self.window, 1).flatten(2)
        x = self.embedding(x) if self.embedding else self.encoder(x)
        if self.positions is not None:
            x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(1) if self.pooled else x)


def waves(length, width):
    """Positions as sines and cosines of wavelengths from 2 pi to 2 pi 10,000 (Vaswani et al. 2017)."""
    angles = torch.arange(length)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)


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
    return {"decoder": "gelu-erf", "residual": True, "pooling": "mean" if model.pooled else "none"} | {f"layers.{i}.gamma": 1 if isinstance(layer.modes, Still) else 2 for i, layer in enumerate(model.layers)}
