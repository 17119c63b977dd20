"""PyTorch's side of the report: one model of S4D layers, evaluated in the forms that are compared.

Started once with the number of threads. Commands come as lines, answers go as lines:

    load PATH               a file of tensors as PeerTensors.cs writes it
    values PATH FORM        one evaluation; writes the output as float32, [batch, time, output] or [batch, output]
    run COUNT FORM          milliseconds of one of COUNT evaluations

Forms: vandermonde (upstream's: the kernel and its spectrum each time), kernel (the kernel is kept, its spectrum not), spectrum (both are kept),
decoder (GELU, linear and GLU alone, of readouts that are kept).
"""
import json
import struct
import sys
import time

import torch
import torch.nn.functional as F


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(bytearray(data[start + begin:start + end]), dtype=torch.float64).reshape(entry["shape"])
    return tensors


def kernel(log_dt, log_a_real, a_imag, c, length):
    """The impulse response without skip, [H, length], as upstream's S4DKernel computes it."""
    dt = torch.exp(log_dt)                                                  # [H]
    a = -torch.exp(log_a_real) + 1j * a_imag                                # [H, N]
    dt_a = a * dt.unsqueeze(-1)                                             # [H, N]
    powers = dt_a.unsqueeze(-1) * torch.arange(length)                      # [H, N, length]
    weights = c * (torch.exp(dt_a) - 1.0) / a                               # [H, N]
    return 2 * torch.einsum("hn,hnl->hl", weights, torch.exp(powers)).real


class Layer:
    def __init__(self, tensors, prefix, length):
        get = lambda name: tensors[prefix + name]
        a, c = torch.view_as_complex(get("a")), torch.view_as_complex(get("c"))
        self.parameters = (get("dt").log(), (-a.real).log(), a.imag, c)
        kept = kernel(*self.parameters, length)                             # in double precision
        self.kernel = kept.float()
        self.spectrum = torch.fft.rfft(kept, n=2 * length).to(torch.complex64)
        self.parameters = [p.to(torch.complex64 if p.is_complex() else torch.float32) for p in self.parameters]
        self.skip = get("d").float().unsqueeze(-1)                          # [H, 1]
        self.output = None
        if prefix + "output.weight" in tensors:
            self.output = (get("output.weight").float().unsqueeze(-1), get("output.bias").float())
        self.norm = None
        if prefix + "norm.weight" in tensors:
            self.norm = (get("norm.weight").float(), get("norm.bias").float(), float(get("norm.eps")))

    def readouts(self, u, form):                                            # [B, H, L]
        length = u.size(-1)
        if form == "vandermonde":
            k_f = torch.fft.rfft(kernel(*self.parameters, length), n=2 * length)
        elif form == "kernel":
            k_f = torch.fft.rfft(self.kernel, n=2 * length)
        elif form == "spectrum":
            k_f = self.spectrum
        else:
            raise ValueError("There is no form " + form)
        y = torch.fft.irfft(torch.fft.rfft(u, n=2 * length) * k_f, n=2 * length)[..., :length]
        return y + u * self.skip

    def decoded(self, y):                                                   # [B, H, L]
        return y if self.output is None else F.glu(F.conv1d(F.gelu(y), *self.output), dim=-2)

    def run(self, u, form):
        y = self.decoded(self.readouts(u, form))
        if self.norm is None:
            return y
        weight, bias, eps = self.norm                                       # a norm comes with a residual
        return F.layer_norm((u + y).transpose(-1, -2), weight.shape, weight, bias, eps).transpose(-1, -2)


class Model:
    def __init__(self, tensors):
        self.input = tensors["input"].float()                               # [B, L, inputs]
        length = self.input.size(1)
        self.layers = []
        while f"layers.{len(self.layers)}.a" in tensors:
            self.layers.append(Layer(tensors, f"layers.{len(self.layers)}.", length))
        linear = lambda name: (tensors[name + ".weight"].float(), tensors[name + ".bias"].float()) if name + ".weight" in tensors else None
        self.encoder, self.head = linear("encoder"), linear("head")
        if self.encoder is None:
            self.input = self.input.transpose(-1, -2).contiguous()          # [B, H, L], as upstream's layer takes it
            self.kept = self.layers[0].readouts(self.input, "spectrum")

    def run(self, form):
        if form == "decoder":
            return self.layers[0].decoded(self.kept)
        x = self.input if self.encoder is None else F.linear(self.input, *self.encoder).transpose(-1, -2)
        for layer in self.layers:
            x = layer.run(x, form)
        return x if self.head is None else F.linear(x.mean(-1), *self.head)

    def values(self, form):
        y = self.run(form)
        return y if self.head is not None else y.transpose(-1, -2)


def blas():
    """The library behind matrix products, by its file where the system tells what is loaded."""
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split("/")[-1].strip() for line in maps if "/" in line}
        return next((name for part in ("openblas", "mkl", "blis", "blas") for name in sorted(files) if part in name), "none")
    except OSError:
        return "unknown"


def answer(text):
    print(text, flush=True)


def main():
    torch.set_grad_enabled(False)
    torch.set_num_threads(int(sys.argv[1]))
    answer(f"torch={torch.__version__} blas={blas()} threads={torch.get_num_threads()}")
    model = None
    for line in sys.stdin:
        command, argument, *rest = line.rstrip("\n").split("\t")
        if command == "load":
            model = Model(read_safetensors(argument))
            answer("loaded")
        elif command == "values":
            with open(argument, "wb") as file:
                file.write(model.values(rest[0]).contiguous().numpy().astype("<f4").tobytes())
            answer("written")
        elif command == "run":
            count = int(argument)
            start = time.perf_counter()
            for _ in range(count):
                model.run(rest[0])
            answer(repr((time.perf_counter() - start) * 1e3 / count))
        else:
            raise ValueError("There is no command " + command)


main()
