"""The state-space classifiers in PyTorch, written from their formulas.

Sequences are kept as (H, B, L) = (channel, sequence, time): a position-wise linear map is then one
matrix product, and a layer norm is a reduction over the first axis. A model's input u is (B, L, d_input).

Sequences of different lengths are zero-padded to one L. Everything before the pooling is causal, so what
stands behind a sequence's end changes nothing before it, and the pooling leaves it out.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


class S4DKernel(nn.Module):
    """Parameters of H x N' diagonal modes (one of each conjugate pair).

        A = -exp(log_A_real) + i A_imag        Delta = exp(log_dt)
        a = exp(Delta A)                       b = (a - 1) / A          (zero-order hold)

    Start (S4D-Lin): A = -1/2 + i pi n, Delta log-uniform in [dt_min, dt_max], C complex normal.
    """

    def __init__(self, channels, modes, dt_min=1e-3, dt_max=1e-1):
        super().__init__()
        low, high = math.log(dt_min), math.log(dt_max)
        self.C = nn.Parameter(torch.randn(channels, modes, 2) * math.sqrt(0.5))
        self.log_dt = nn.Parameter(low + (high - low) * torch.rand(channels))
        self.log_A_real = nn.Parameter(torch.full((channels, modes), math.log(0.5)))
        self.A_imag = nn.Parameter((math.pi * torch.arange(modes)).repeat(channels, 1))

    def forward(self):
        """Delta A, b and C, each (H, N') complex."""
        A = torch.complex(-self.log_A_real.exp(), self.A_imag)
        dtA = self.log_dt.exp()[:, None] * A
        return dtA, (dtA.exp() - 1) / A, torch.view_as_complex(self.C)


def ssm(x, kernel, D, Q=None):
    """The linear recurrence of every channel, for x of shape (H, B, L).

        s_t = a s_{t-1} + b x_t,  s_{-1} = 0        y_t = 2 Re sum_n C_n s_{t,n} + D x_t

    computed in chunks of Q steps, t = cQ + j, with S_c the state before chunk c:

        y_{cQ+j} = sum_{i<=j} K_{j-i} x_{cQ+i} + 2 Re sum_n C_n a_n^{j+1} S_{c,n}
        K_j      = 2 Re sum_n C_n b_n a_n^j + [j = 0] D
        S_{c+1}  = a^Q S_c + sum_i a^{Q-1-i} b x_{cQ+i}

    Inside a chunk everything is a matrix product; only S_c is a loop (of L/Q steps). Q is 2 sqrt(L) unless
    given; where it does not divide L, zeros are appended and their outputs dropped.
    """
    H, B, length = x.shape
    Q = Q or math.isqrt(4 * length)
    x = F.pad(x, (0, -length % Q))
    L = x.shape[2]
    dtA, b, C = kernel()
    power = (dtA[..., None] * torch.arange(Q + 1, device=x.device)).exp()  # a^k, (H, N', Q+1)
    lag = torch.arange(Q)[None, :] - torch.arange(Q)[:, None]  # j - i

    K = 2 * torch.einsum("hn,hnk->hk", C * b, power[..., :Q]).real
    K = torch.cat([K[:, :1] + D[:, None], K[:, 1:]], 1)
    inside = K[:, lag.clamp(min=0)] * (lag >= 0)  # (H, i, j)
    write = torch.view_as_real((b[..., None] * power[..., :Q].flip(-1)).transpose(1, 2).contiguous())
    read = 2 * (C[..., None] * power[..., 1:]).conj().resolve_conj()  # 2 Re(c s) = 2 (Re c Re s - Im c Im s)
    read = torch.view_as_real(read.transpose(1, 2).contiguous()).reshape(H, Q, -1).transpose(1, 2)

    chunks = x.reshape(H, -1, Q)  # (H, B L/Q, Q)
    added = torch.bmm(chunks, write.reshape(H, Q, -1)).reshape(H, B, L // Q, -1, 2)
    state, states = torch.zeros((), dtype=dtA.dtype), []
    for add in torch.view_as_complex(added).unbind(2):
        states.append(state.expand_as(add))
        state = power[:, None, :, Q] * state + add
    before = torch.view_as_real(torch.stack(states, 2)).reshape(H, chunks.shape[1], -1)
    return torch.baddbmm(torch.bmm(before, read), chunks, inside).reshape(H, B, L)[:, :, :length]


def linear(weight, bias, x):
    """W x + b at every position; W (out, in), x (in, B, L)."""
    return torch.addmm(bias[:, None], weight, x.flatten(1)).reshape(-1, *x.shape[1:])


def encode(layer, u):
    """x = W u + b: u (B, L, d_input), W (H, d_input), x (H, B, L)."""
    if u.shape[2] == 1:
        return layer.weight[:, :, None] * u[:, :, 0] + layer.bias[:, None, None]
    return linear(layer.weight, layer.bias, u.permute(2, 0, 1))


def gated(output_linear, z):
    """v * sigmoid(g) with (v, g) = W z + b; W is stored as a convolution of width 1."""
    return F.glu(linear(output_linear[0].weight[:, :, 0], output_linear[0].bias, z), 0)


def mean_over_time(z, lengths):
    """(B, H): the mean of z (H, B, L) over the steps before each sequence's length; over all where None."""
    if lengths is None:
        return z.mean(-1).t()
    inside = torch.arange(z.shape[2]) < lengths[:, None]
    return ((z * inside).sum(-1) / lengths).t()


class S4DClassifier(nn.Module):
    """Architecture `s4d-classifier`.

        x_t = encoder u_t      y = S4D(x)      z = GELU(y)      scores = decoder mean_t z_t

    With `glu`:  z = v * sigmoid(g),  (v, g) = W GELU(y) + b.
    """

    architecture = "s4d-classifier"

    def __init__(self, d_input, d_model, d_state, d_output, glu=False):
        super().__init__()
        self.encoder = nn.Linear(d_input, d_model)
        self.kernel = S4DKernel(d_model, d_state // 2)
        self.D = nn.Parameter(torch.randn(d_model))
        self.output_linear = nn.Sequential(nn.Conv1d(d_model, 2 * d_model, 1)) if glu else None
        self.decoder = nn.Linear(d_model, d_output)

    def forward(self, u, lengths=None):
        z = F.gelu(ssm(encode(self.encoder, u), self.kernel, self.D))
        return self.decoder(mean_over_time(gated(self.output_linear, z) if self.output_linear is not None else z, lengths))


class S4DLayer(nn.Module):
    """y = S4D(x)    z = GELU(y)    out = v * sigmoid(g) with (v, g) = W z + b."""

    def __init__(self, d_model, d_state):
        super().__init__()
        self.D = nn.Parameter(torch.randn(d_model))
        self.kernel = S4DKernel(d_model, d_state // 2)
        self.output_linear = nn.Sequential(nn.Conv1d(d_model, 2 * d_model, 1))

    def forward(self, x, drop):
        return gated(self.output_linear, drop(F.gelu(ssm(x, self.kernel, self.D))))


class S4Model(nn.Module):
    """Architecture `s4-example`.

        x = encoder u;   per layer  x <- x + S4D(LN(x)) (prenorm)  or  x <- LN(x + S4D(x));
        scores = decoder mean_t x_t.     LN over the channels, eps 1e-5.

    Dropout zeroes whole channels of a sequence, before the output linear and before the residual.
    """

    architecture = "s4-example"

    def __init__(self, d_input, d_output, d_model, n_layers, d_state, prenorm, dropout=0.0):
        super().__init__()
        self.prenorm, self.dropout = prenorm, dropout
        self.encoder = nn.Linear(d_input, d_model)
        self.s4_layers = nn.ModuleList(S4DLayer(d_model, d_state) for _ in range(n_layers))
        self.norms = nn.ModuleList(nn.LayerNorm(d_model, eps=1e-5) for _ in range(n_layers))
        self.decoder = nn.Linear(d_model, d_output)

    def drop(self, x):
        if not self.training or self.dropout == 0:
            return x
        keep = 1 - self.dropout
        return x * (torch.rand(*x.shape[:2], 1) < keep).to(x.dtype).div(keep)

    @staticmethod
    def normalise(norm, x):
        """(x - mean) / sqrt(var + eps) w + b over the channels."""
        centred = x - x.mean(0)
        scale = (centred.square().mean(0) + norm.eps).rsqrt()
        return centred * scale * norm.weight[:, None, None] + norm.bias[:, None, None]

    def forward(self, u, lengths=None):
        x = encode(self.encoder, u)
        for layer, norm in zip(self.s4_layers, self.norms):
            z = self.normalise(norm, x) if self.prenorm else x
            x = x + self.drop(layer(z, self.drop))
            x = x if self.prenorm else self.normalise(norm, x)
        return self.decoder(mean_over_time(x, lengths))
