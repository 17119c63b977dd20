using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StreamHost;

/// <summary>
/// Who asks. Each tenant has a key, and its name is a part of the keys of its streams, so that no request can name a stream of another tenant. Without keys there is one tenant, on this machine.
/// </summary>
internal sealed class Tenants
{
    private const string Local = "local", Scheme = "Bearer ";
    private const int ShortestKey = 16;

    // Hashes, so that comparing takes the same time whatever is right of a key.
    private readonly (string Name, byte[] Hash)[] _tenants;

    private Tenants(IEnumerable<(string Name, string Key)> tenants) => _tenants = [.. tenants.Select(tenant => (tenant.Name, Hash(tenant.Key)))];

    /// <summary>True: requests need a key.</summary>
    public bool HaveKeys => _tenants.Length > 0;

    /// <summary>This machine's own tenant, without a key.</summary>
    public static Tenants WithoutKeys { get; } = new([]);

    /// <summary>The name of the first tenant, whose streams the generator plays.</summary>
    public string First => HaveKeys ? _tenants[0].Name : Local;

    /// <summary>The tenants of a file: a name and a key in each line, with a space in between; lines that begin with # are comments.</summary>
    /// <exception cref="UnusableException">A line is no tenant, a name or a key comes twice, or there is none.</exception>
    public static Tenants Of(string path)
    {
        var tenants = new List<(string Name, string Key)>();
        foreach ((int number, string line) in File.ReadLines(path).Index())
        {
            if (line.Trim() is "" or ['#', ..])
            {
                continue;
            }

            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts is not [string name, string key] || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || key.Length < ShortestKey)
            {
                throw new UnusableException($"Line {number + 1} of {path} is no tenant: a name of letters, digits, - and _, a space, and a key of at least {ShortestKey} characters are expected.");
            }

            if (tenants.Any(tenant => tenant.Name == name || tenant.Key == key))
            {
                throw new UnusableException($"Line {number + 1} of {path} has a name or a key that came before.");
            }

            tenants.Add((name, key));
        }

        return tenants.Count > 0 ? new(tenants) : throw new UnusableException($"{path} has no tenant: a name, a space and a key are expected in each line.");
    }

    /// <summary>The tenant of a request; null: it has no key, or one that nobody has.</summary>
    public string? Of(HttpRequest request)
    {
        if (!HaveKeys)
        {
            return Local;
        }

        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] hash = Hash(header[Scheme.Length..].Trim());
        string? found = null;
        foreach ((string name, byte[] known) in _tenants)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? name : found;
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
