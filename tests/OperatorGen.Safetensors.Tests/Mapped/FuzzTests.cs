using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OperatorGen.Safetensors.Tests.Mapped;

public partial class FuzzTests
{
    private static readonly string[] s_extremes =
    [
        "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1e400", "1e-400", "0.5", "2147483647", "2147483648",
        "4294967296", "00", "-0", "NaN", "null", "[]", "{}", "\"1\"", "1e2", "99999999999999999999999999999999999999999999",
    ];

    [Fact]
    public void Mutated_files_in_memory_are_read_with_every_tensor_inside_or_refused()
    {
        Random random = new(20270117);
        int read = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            byte[] content = Mutate(random, Draw(random));
            bool parsed = Parsed(content);
            read += parsed ? 1 : 0;
            if (trial % 4 == 0)
            {
                Assert.Equal(parsed, Opened(() => MappedSafetensors.Copy(content), content));
            }
        }

        // Both outcomes occur often, else the mutations would be too mild or too wild to say anything.
        Assert.InRange(read, 2000, 18_000);
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_alike_by_every_way_of_opening()
    {
        Random random = new(20270118);
        using TempFolder folder = new();
        int read = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] content = Mutate(random, Draw(random));
            bool parsed = Parsed(content);
            read += parsed ? 1 : 0;
            foreach ((string way, Func<MappedSafetensors> open) in Ways.Of(content, folder))
            {
                Assert.True(parsed == Opened(open, content), way);
            }
        }

        Assert.InRange(read, 40, 260);
    }

    private static bool Parsed(byte[] content)
    {
        try
        {
            SafetensorsFile file = SafetensorsFile.Parse(content);
            Assert.True(file.Tensors.All(tensor => tensor.Offset >= 10 && tensor.Offset <= content.Length - tensor.Bytes.Length));
            return true;
        }
        catch (SafetensorsException exception)
        {
            Assert.InRange(exception.Offset!.Value, 0, content.Length);
            return false;
        }
    }

    private static bool Opened(Func<MappedSafetensors> open, byte[] content)
    {
        try
        {
            using MappedSafetensors file = open();
            Assert.Equal(content.Length, file.DataStart + file.DataLength);
            using MappedLease lease = file.Acquire();
            foreach (MappedTensor tensor in file.Tensors)
            {
                Assert.InRange(tensor.Begin, 0, file.DataLength - tensor.Length);
                Assert.True(lease.Slice(tensor.Begin, (int)tensor.Length).SequenceEqual(content.AsSpan((int)tensor.Offset, (int)tensor.Length)));
                if (tensor.DType != SafetensorsDType.Other)
                {
                    Assert.Equal(tensor.Shape.Aggregate(1L, (a, b) => a * b), tensor.Count);
                }
            }

            return true;
        }
        catch (SafetensorsException)
        {
            return false;
        }
    }

    private static byte[] Draw(Random random)
        => RoundTripTests.Write(RoundTripTests.Draw(random), random.Next(2) == 0 ? null : new() { ["k"] = "v" });

    private static byte[] Mutate(Random random, byte[] file)
    {
        for (int changes = 1 + (random.Next(4) / 3); changes > 0 && file.Length > 0; changes--)
        {
            file = random.Next(12) switch
            {
                0 => file[..random.Next(file.Length)],
                1 => Flip(random, file),
                2 => [.. file, .. new byte[random.Next(1, 9)]],
                3 => Insert(random, file),
                4 => Remove(random, file),
                5 => Length(random, file),
                6 => Number(random, file),
                _ => Data(random, file),
            };
        }

        return file;
    }

    private static byte[] Flip(Random random, byte[] file)
    {
        file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return file;
    }

    private static byte[] Insert(Random random, byte[] file)
    {
        int at = random.Next(file.Length);
        byte[] more = new byte[random.Next(1, 6)];
        random.NextBytes(more);
        return [.. file[..at], .. more, .. file[at..]];
    }

    private static byte[] Remove(Random random, byte[] file)
    {
        int at = random.Next(file.Length);
        return [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(1, 6))..]];
    }

    /// <summary>Another length of the header: near the true one, or anything.</summary>
    private static byte[] Length(Random random, byte[] file)
    {
        if (file.Length >= 8)
        {
            BitConverter.TryWriteBytes(file, random.Next(2) == 0 ? BitConverter.ToInt64(file) + random.Next(-3, 4) : random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
        }

        return file;
    }

    /// <summary>A number of the header becomes an extreme one, and the header's length is right again.</summary>
    private static byte[] Number(Random random, byte[] file)
    {
        if (file.Length < 8 || BitConverter.ToInt64(file) is < 2 or > 100_000 || BitConverter.ToInt64(file) > file.Length - 8)
        {
            return file;
        }

        int end = 8 + BitConverter.ToInt32(file);
        string header = Encoding.Latin1.GetString(file, 8, end - 8);
        MatchCollection numbers = Digits().Matches(header);
        if (numbers.Count == 0)
        {
            return file;
        }

        Match number = numbers[random.Next(numbers.Count)];
        header = header[..number.Index] + s_extremes[random.Next(s_extremes.Length)] + header[(number.Index + number.Length)..];
        return Build.File(Encoding.Latin1.GetBytes(header), file[end..]);
    }

    /// <summary>A byte near the end, which is mostly one of the data: the file stays one.</summary>
    private static byte[] Data(Random random, byte[] file)
    {
        file[^random.Next(1, Math.Min(file.Length, 20) + 1)] = (byte)random.Next(256);
        return file;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
