"""The Mamba-2 language model in PyTorch, written from its formulas, with upstream's names.

Sequences are (B, L, D) = (sequence, time, channel). The selective recurrence is computed in blocks of time steps by products of
matrices; check.py compares it with the plain one.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from mamba import MambaLayer, RMSNorm

BLOCK = 64


def decays(log_gates):
    """exp(g_{j+1} + ... + g_i) for i >= j, else 0, of log-gates g (..., T): (..., T, T)."""
    total = log_gates.cumsum(-1)
    ones = torch.ones(total.shape[-1], total.shape[-1], dtype=torch.bool).tril()
    return (total[..., :, None] - total[..., None, :]).masked_fill(~ones, -math.inf).exp()


def selective_scan(log_gates, x, b, c):
    """The recurrence of every head and its read, for log-gates (B, L, H), x (B, L, H, P), b and c (B, L, N); BLOCK divides L.

        S_t = exp(g_t) S_{t-1} + x_t b_t^T,  S_{-1} = 0        y_t = S_t c_t

    Within a block y is a product of a lower triangular matrix with x; between blocks S is carried.
    """
    B, L, H, P = x.shape
    N, blocks = b.shape[-1], L // BLOCK
    g = log_gates.reshape(B, blocks, BLOCK, H).permute(0, 3, 1, 2)  # (B, H, blocks, BLOCK)
    x = x.reshape(B, blocks, BLOCK, H, P).permute(0, 3, 1, 2, 4)  # (B, H, blocks, BLOCK, P)
    b, c = (part.reshape(B, 1, blocks, BLOCK, N) for part in (b, c))
    total = g.cumsum(-1)
    within = (c @ b.transpose(-1, -2) * decays(g)) @ x
    added = (x * (total[..., -1:] - total).exp()[..., None]).transpose(-1, -2) @ b  # (B, H, blocks, P, N)
    steps = decays(F.pad(total[..., -1], (1, 0)))[..., :-1, 1:]  # of the state that a block adds, at the beginning of a later block
    before = (steps @ added.flatten(-2)).unflatten(-1, (P, N))
    carried = (c * total.exp()[..., None]) @ before.transpose(-1, -2)
    return (within + carried).permute(0, 2, 3, 1, 4).reshape(B, L, H, P)


class Mamba2Mixer(nn.Module):
    """The selective layer of Mamba-2 (state-spaces/mamba).

        (z, xbc, d) = in_proj u        (x, b, c) = silu(conv xbc)        Delta = softplus(d + dt_bias)
        S_t = exp(-exp(A_log) Delta_t) S_{t-1} + Delta_t x_t b_t^T      y_t = S_t c_t + D x_t      per head
        out = out_proj(RMSNorm(y silu(z)))

    Start as upstream's: A uniform in [-16, -1], Delta log-uniform in [dt_min, dt_max] where d = 0, D = 1; out_proj is divided by
    the square root of the number of layers, whose outputs are added.
    """

    def __init__(self, d_model, inner, d_state, headdim, d_conv, n_layers, dt_min=1e-3, dt_max=1e-1):
        super().__init__()
        heads = inner // headdim
        self.sizes, self.parts = [inner, inner + 2 * d_state, heads], [inner, d_state, d_state]
        self.in_proj = nn.Linear(d_model, sum(self.sizes), bias=False)
        self.conv1d = nn.Conv1d(self.sizes[1], self.sizes[1], d_conv, groups=self.sizes[1])
        low, high = math.log(dt_min), math.log(dt_max)
        self.dt_bias = nn.Parameter((low + (high - low) * torch.rand(heads)).exp().expm1().log())  # softplus of it is the step
        self.A_log = nn.Parameter((1 + 15 * torch.rand(heads)).log())
        self.D = nn.Parameter(torch.ones(heads))
        self.norm = RMSNorm(inner, 1e-5)
        self.out_proj = nn.Linear(inner, d_model, bias=False)
        with torch.no_grad():
            self.out_proj.weight.div_(math.sqrt(n_layers))

    def convolved(self, x):
        """sum_j w_j x_{t-W+1+j} + bias, every channel by itself."""
        weight = self.conv1d.weight[:, 0].t()
        padded = F.pad(x, (0, 0, len(weight) - 1, 0))
        return sum(w * padded[:, j : j + x.shape[1]] for j, w in enumerate(weight)) + self.conv1d.bias

    def forward(self, u):
        z, xbc, d = self.in_proj(u).split(self.sizes, -1)
        x, b, c = F.silu(self.convolved(xbc)).split(self.parts, -1)
        x = x.unflatten(-1, (len(self.D), -1))
        delta = F.softplus(d + self.dt_bias)
        y = selective_scan(-self.A_log.exp() * delta, delta[..., None] * x, b, c) + self.D[:, None] * x
        return self.out_proj(self.norm(y.flatten(-2) * F.silu(z)))


class Backbone(nn.Module):
    """Embedding, layers and the last norm."""

    def __init__(self, vocabulary, d_model, layers, epsilon):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, d_model)
        self.layers, self.norm_f = layers, RMSNorm(d_model, epsilon)
        nn.init.normal_(self.embedding.weight, std=0.02)

    def forward(self, tokens):
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x)
        return self.norm_f(x)


class Mamba2LM(nn.Module):
    """Architecture `mamba2-lm`, the head tied to the embedding.

        x = E[token];   per layer  x <- x + mixer(norm(x));   logits = E norm_f(x)
    """

    architecture = "mamba2-lm"

    def __init__(self, vocab_size, d_model, n_layer, d_state, headdim, d_conv, expand, norm_epsilon):
        super().__init__()
        self.backbone = Backbone(vocab_size, d_model, nn.ModuleList(
            MambaLayer(RMSNorm(d_model, norm_epsilon), Mamba2Mixer(d_model, expand * d_model, d_state, headdim, d_conv, n_layer))
            for _ in range(n_layer)
        ), norm_epsilon)

    def forward(self, tokens):
        return F.linear(self.backbone(tokens), self.backbone.embedding.weight)
