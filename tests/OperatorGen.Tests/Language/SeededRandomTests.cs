using System.Linq;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>The generator of chance, against numbers that its authors' and other implementations give.</summary>
public sealed class SeededRandomTests
{
    [Fact]
    public void Xoshiro_gives_its_published_numbers()
    {
        var random = new SeededRandom(1, 2, 3, 4);
        ulong[] expected = [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360];
        Assert.Equal(expected, expected.Select(_ => random.Next()));
    }

    [Fact]
    public void Splitmix_gives_its_published_numbers()
    {
        ulong counter = 1234567;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => SeededRandom.Split(ref counter)).ToArray());
    }

    [Fact]
    public void Units_are_the_upper_53_bits_below_one()
    {
        var random = new SeededRandom(7);
        var same = new SeededRandom(7);
        for (int i = 0; i < 1000; i++)
        {
            double unit = random.NextUnit();
            Assert.InRange(unit, 0, 1 - (1.0 / (1L << 53)));
            Assert.Equal(same.Next() >> 11, unit * (1L << 53));
        }
    }
}
