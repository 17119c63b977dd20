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


class LinOSSLayer(nn.Module):
    """P oscillators z' = -A x + B u, x' = z that all channels share, one implicit step per sample.

        A = relu(A_diag)    Delta = sigmoid(steps)    S = 1 / (1 + Delta^2 A)
        z_t = S (z_{t-1} - Delta A x_{t-1} + Delta B u_t)      x_t = x_{t-1} + Delta z_t
        y_t = Re(C x_t) + D u_t

    As a convolution: x_t = sum_j k_j B u_{t-j}, k_j real, the positions after one push. Start as upstream's
    (tk-rusch/linoss): A_diag, steps uniform in [0, 1], B, C uniform, D normal.
    """

    def __init__(self, channels, oscillators):
        super().__init__()
        self.A_diag = nn.Parameter(torch.rand(oscillators))
        self.B = nn.Parameter((2 * torch.rand(oscillators, channels, 2) - 1) / math.sqrt(channels))
        self.C = nn.Parameter((2 * torch.rand(channels, oscillators, 2) - 1) / math.sqrt(oscillators))
        self.D = nn.Parameter(torch.randn(channels))
        self.steps = nn.Parameter(torch.rand(oscillators))

    def kernel(self, length):
        """k, (P, length)."""
        A, step = F.relu(self.A_diag), torch.sigmoid(self.steps)
        S = 1 / (1 + step * step * A)
        z = S * step
        x = step * z
        taps = [x]
        for _ in range(length - 1):
            z = S * (z - step * A * x)
            x = x + step * z
            taps.append(x)
        return torch.stack(taps, 1)

    def forward(self, u):
        H, batch, L = u.shape
        lag = torch.arange(L)[None, :] - torch.arange(L)[:, None]
        inside = self.kernel(L)[:, lag.clamp(min=0)] * (lag >= 0)  # (P, i, j)
        driven = torch.einsum("phc,hbl->cpbl", self.B, u)
        x = torch.einsum("cpbi,pij->cpbj", driven, inside)
        read = torch.einsum("hp,pbl->hbl", self.C[..., 0], x[0]) - torch.einsum("hp,pbl->hbl", self.C[..., 1], x[1])
        return read + self.D[:, None, None] * u


class RunningNorm(nn.Module):
    """BatchNorm without factor and summand: over the steps of a batch while training, by running statistics after."""

    def __init__(self, channels, epsilon=1e-5, momentum=0.1):
        super().__init__()
        self.epsilon, self.momentum = epsilon, momentum
        self.state = nn.Module()
        self.state.register_buffer("mean", torch.zeros(channels))
        self.state.register_buffer("var", torch.ones(channels))

    def forward(self, x, lengths):
        mean, var = self.state.mean, self.state.var
        if self.training:
            inside = torch.ones(x.shape[1:]) if lengths is None else (torch.arange(x.shape[2]) < lengths[:, None]).to(x.dtype)
            mean = (x * inside).sum((1, 2)) / inside.sum()
            var = ((x - mean[:, None, None]).square() * inside).sum((1, 2)) / inside.sum()
            with torch.no_grad():
                self.state.mean.lerp_(mean, self.momentum)
                self.state.var.lerp_(var, self.momentum)
        return (x - mean[:, None, None]) * (var + self.epsilon).rsqrt()[:, None, None]


class LinOSSBlock(nn.Module):
    """x <- x + (W_1 h + b_1) * sigmoid(W_2 h + b_2),  h = GELU(LinOSS(norm(x))), the GELU in its tanh form."""

    def __init__(self, channels, oscillators):
        super().__init__()
        self.norm = RunningNorm(channels)
        self.ssm = LinOSSLayer(channels, oscillators)
        self.glu = nn.ModuleDict({"w1": nn.Linear(channels, channels), "w2": nn.Linear(channels, channels)})

    def forward(self, x, lengths):
        h = F.gelu(self.ssm(self.norm(x, lengths)), approximate="tanh")
        w1, w2 = self.glu["w1"], self.glu["w2"]
        return x + linear(w1.weight, w1.bias, h) * torch.sigmoid(linear(w2.weight, w2.bias, h))


class LinOSS(nn.Module):
    """Architecture `linoss-im-classifier`; the scores are the logits before the softmax.

        x = linear_encoder u;   per block  x <- block(x);   scores = linear_layer mean_t x_t
    """

    architecture = "linoss-im-classifier"
    sizes = ("N", "output_dim")

    def __init__(self, N, H, ssm_size, num_blocks, output_dim):
        super().__init__()
        self.linear_encoder = nn.Linear(N, H)
        self.blocks = nn.ModuleList(LinOSSBlock(H, ssm_size) for _ in range(num_blocks))
        self.linear_layer = nn.Linear(H, output_dim)

    def forward(self, u, lengths=None):
        x = encode(self.linear_encoder, u)
        for block in self.blocks:
            x = block(x, lengths)
        return self.linear_layer(mean_over_time(x, lengths))


class S4DClassifier(nn.Module):
    """Architecture `s4d-classifier`.

        x_t = encoder u_t      y = S4D(x)      z = GELU(y)      scores = decoder mean_t z_t

    With `glu`:  z = v * sigmoid(g),  (v, g) = W GELU(y) + b.
    """

    architecture = "s4d-classifier"
    sizes = ("d_input", "d_output")

    def __init__(self, d_input, d_model, d_state, d_output, glu=False):
        super().__init__()
        self.encoder = nn.Linear(d_input, d_model)
        self.kernel = S4DKernel(d_model, d_state // 2)
        self.D = nn.Parameter(torch.randn(d_model))
        self.output_linear = nn.Sequential(nn.Conv1d(d_model, 2 * d_model, 1)) if glu else None
        self.decoder = nn.Linear(d_model, d_output)

    def readouts(self, u):
        """y, the arguments of the GELU: (H, B, L)."""
        return ssm(encode(self.encoder, u), self.kernel, self.D)

    def scores(self, readouts, lengths=None):
        """What follows the readouts."""
        z = F.gelu(readouts)
        return self.decoder(mean_over_time(gated(self.output_linear, z) if self.output_linear is not None else z, lengths))

    def forward(self, u, lengths=None):
        return self.scores(self.readouts(u), lengths)


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
    sizes = ("d_input", "d_output")

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
