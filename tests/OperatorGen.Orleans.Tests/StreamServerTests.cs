using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Digits;
using Microsoft.AspNetCore.Builder;
using StreamHost;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>The example's addresses: what they answer, who may ask, and what bad requests do.</summary>
public sealed class StreamServerTests : IDisposable
{
    private const int Width = OneLayer.OutputWidth;

    private readonly string _folder = Directory.CreateTempSubdirectory("server").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Batches_are_answered_and_can_be_read_again()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        float[] samples = [.. Enumerable.Range(0, 20).Select(i => (float)(i * 13 % 256))], expected = StreamClient.Expected(samples);
        using HttpResponseMessage first = await Push(http, "a", 0, samples[..8]);
        JsonElement answer = await first.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(8, answer.GetProperty("next").GetInt64());
        Assert.Equal(expected[..(8 * Width)], Numbers(answer, "outputs"));

        // The same numbers as bytes, overlapping what was there.
        using var bytes = new ByteArrayContent(MemoryMarshal.AsBytes(samples.AsSpan(4)).ToArray()) { Headers = { ContentType = new("application/octet-stream") } };
        using HttpResponseMessage second = await http.PostAsync(new Uri("streams/a/samples?first=4", UriKind.Relative), bytes);
        Assert.Equal(expected[(4 * Width)..], MemoryMarshal.Cast<byte, float>(await second.Content.ReadAsByteArrayAsync()).ToArray());

        JsonElement rows = await http.GetFromJsonAsync<JsonElement>("streams/a?from=15");
        Assert.Equal((15, 20, 0), (rows.GetProperty("first").GetInt64(), rows.GetProperty("position").GetInt64(), rows.GetProperty("epoch").GetInt64()));
        Assert.Equal(samples[15..], Numbers(rows, "samples"));
        Assert.Equal(expected[(15 * Width)..], Numbers(rows, "outputs"));
        JsonElement list = await http.GetFromJsonAsync<JsonElement>("streams");
        JsonElement listed = Assert.Single(list.GetProperty("streams").EnumerateArray());
        Assert.Equal(("a", 20, 1), (listed.GetProperty("id").GetString(), listed.GetProperty("position").GetInt32(), list.GetProperty("active").GetInt32()));
        Assert.Equal(expected[^Width..], Numbers(listed, "scores"));
        Assert.Equal("streams: Healthy\n", await http.GetStringAsync("health"));

        // A reset begins a new epoch, and samples of the old one are refused.
        using HttpResponseMessage reset = await http.PostAsync(new Uri("streams/a/reset", UriKind.Relative), null);
        long epoch = (await reset.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("epoch").GetInt64();
        Assert.True(epoch > 0);
        using HttpResponseMessage old = await Push(http, "a", 0, samples[..3], epoch: 0);
        Assert.Equal(epoch, (await old.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("epoch").GetInt64());
        await Refused(old, HttpStatusCode.Conflict, $"belong to epoch 0 of the stream, which is in epoch {epoch}");
        Assert.Equal(HttpStatusCode.OK, (await Push(http, "a", 0, samples[..3], epoch)).StatusCode);
    }

    [Fact]
    public async Task Events_bring_every_sample_once_and_go_on_where_a_reader_was()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        float[] samples = [.. Enumerable.Range(0, 60).Select(i => (float)(i * 7 % 256))], expected = StreamClient.Expected(samples);
        (await Push(http, "a", 0, samples[..10])).Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        List<float> outputs = [], ring = [];
        string last = await Follow("streams/a/events?ring=39", null, 30, [(10, 20), (20, 30)]);
        Assert.Equal("0-30", last);
        await Follow("streams/a/events?ring=39", last, 60, [(30, 60)]);
        Assert.Equal(expected, outputs);
        Assert.Equal(60 * 16 * 2, ring.Count);

        // The first connection's ring has heard all samples.
        Assert.Equal(new LiveRing(OneLayer.Operator, 39).Take(samples.AsSpan(0, 30)), ring[..(30 * 32)]);

        async Task<string> Follow(string path, string? lastEvent, int until, (int From, int To)[] pushes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (lastEvent is not null)
            {
                request.Headers.Add("Last-Event-ID", lastEvent);
            }

            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var queue = new Queue<(int From, int To)>(pushes);
            await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token))
            {
                Assert.Equal("rows", item.EventType);
                JsonElement rows = JsonElement.Parse(item.Data);
                outputs.AddRange(Numbers(rows, "outputs"));
                ring.AddRange(Numbers(rows, "ring"));
                if (outputs.Count == until * Width)
                {
                    return item.EventId!;
                }

                if (queue.TryDequeue(out (int From, int To) push))
                {
                    (await Push(http, "a", push.From, samples[push.From..push.To])).Dispose();
                }
            }

            throw new InvalidOperationException("The events ended.");
        }
    }

    [Fact]
    public async Task A_reset_is_seen_by_whoever_follows()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        (await Push(http, "a", 0, [1, 2, 3])).Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using Stream events = await http.GetStreamAsync("streams/a/events", patience.Token);
        List<(long Epoch, long First, long Position)> seen = [];
        await foreach (SseItem<string> item in SseParser.Create(events).EnumerateAsync(patience.Token))
        {
            JsonElement rows = JsonElement.Parse(item.Data);
            seen.Add((rows.GetProperty("epoch").GetInt64(), rows.GetProperty("first").GetInt64(), rows.GetProperty("position").GetInt64()));
            if (seen.Count == 2)
            {
                break;
            }

            (await http.PostAsync(new Uri("streams/a/reset", UriKind.Relative), null, patience.Token)).Dispose();
            (await Push(http, "a", 0, [9, 8, 7, 6, 5])).Dispose();
        }

        Assert.Equal((0, 0, 3), seen[0]);
        Assert.Equal((0, 5), (seen[1].First, seen[1].Position));
        Assert.True(seen[1].Epoch > 0);
    }

    [Fact]
    public async Task A_reader_who_comes_back_after_a_reset_gets_all_of_the_new_stream()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        (await Push(http, "a", 0, [1, 2, 3])).Dispose();
        (await http.PostAsync(new Uri("streams/a/reset", UriKind.Relative), null)).Dispose();
        (await Push(http, "a", 0, [9, 8, 7, 6, 5])).Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        foreach ((string path, string? last) in new[] { ("streams/a/events?from=3&epoch=0", null), ("streams/a/events", "0-3") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (last is not null)
            {
                request.Headers.Add("Last-Event-ID", last);
            }

            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token))
            {
                Assert.Equal([9, 8, 7, 6, 5], Numbers(JsonElement.Parse(item.Data), "samples"));
                break;
            }
        }
    }

    [Fact]
    public async Task Outputs_that_are_not_finite_are_answered_and_spoil_no_other_stream()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        using HttpResponseMessage answer = await Push(http, "a", 0, [.. Enumerable.Repeat(3e38f, 200)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("\"(NaN|-?Infinity)\"", await answer.Content.ReadAsStringAsync());
        (await Push(http, "b", 0, [1])).Dispose();
        Assert.Equal(2, (await http.GetFromJsonAsync<JsonElement>("streams")).GetProperty("streams").GetArrayLength());
        Assert.Matches("\"(NaN|-?Infinity)\"", await http.GetStringAsync(new Uri("streams/a", UriKind.Relative)));
    }

    [Fact]
    public async Task A_tenant_sees_its_own_streams_only()
    {
        string keys = Path.Combine(_folder, "keys");
        await File.WriteAllTextAsync(keys, "# tenants\nacme 0123456789abcdef\n\nother fedcba9876543210\n");
        await using WebApplication app = await Start(keys);
        using HttpClient acme = Client(app, "0123456789abcdef"), other = Client(app, "fedcba9876543210"), nobody = Client(app), wrong = Client(app, "0123456789abcdeg");
        (await Push(acme, "secret", 0, [1, 2, 3])).Dispose();
        (await Push(other, "own", 0, [1])).Dispose();
        Assert.Equal("secret", Assert.Single((await acme.GetFromJsonAsync<JsonElement>("streams")).GetProperty("streams").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("own", Assert.Single((await other.GetFromJsonAsync<JsonElement>("streams")).GetProperty("streams").EnumerateArray()).GetProperty("id").GetString());

        // The same name is another stream, and no spelling reaches into another tenant's.
        foreach (string name in new[] { "secret", "..%2Facme%2Fsecret", "acme%2Fsecret", "%2E%2E%2Facme%2Fsecret", "digits%2Facme%2Fsecret" })
        {
            using HttpResponseMessage answer = await other.GetAsync(new Uri($"streams/{name}", UriKind.Relative));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{name}: {answer.StatusCode}");
            if (answer.IsSuccessStatusCode)
            {
                Assert.Equal(0, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("position").GetInt64());
            }
        }

        foreach (HttpClient stranger in new[] { nobody, wrong })
        {
            foreach (string path in new[] { "streams", "Streams", "STREAMS/secret", "streams/secret", "streams//secret", "%73treams/secret", "streams/secret/events", "Streams/secret/Events" })
            {
                using HttpResponseMessage answer = await stranger.GetAsync(new Uri(path, UriKind.Relative));
                Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
            }

            await Refused(await stranger.GetAsync(new Uri("STREAMS/secret", UriKind.Relative)), HttpStatusCode.Unauthorized, "A key is needed");
            await Refused(await Push(stranger, "secret", 3, [4], path: "Streams"), HttpStatusCode.Unauthorized, "A key is needed");

            await Refused(await Push(stranger, "secret", 3, [4]), HttpStatusCode.Unauthorized, "A key is needed");
            await Refused(await stranger.PostAsync(new Uri("streams/secret/reset", UriKind.Relative), null), HttpStatusCode.Unauthorized, "A key is needed");
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri("", UriKind.Relative))).StatusCode);
        }

        Assert.Equal(3, (await acme.GetFromJsonAsync<JsonElement>("streams/secret")).GetProperty("position").GetInt64());
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.168.1.2:0")]
    [InlineData("http://example.com:0")]
    public void An_address_for_other_machines_needs_keys(string url) =>
        Assert.Contains("can be reached from other machines: give keys (--keys FILE)", Assert.Throws<UnusableException>(() => StreamServer.Build(new ServerOptions { Urls = ["http://127.0.0.1:0", url], Folder = _folder })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("acme", "Line 1 of FILE is no tenant")]
    [InlineData("acme short", "and a key of at least 16 characters are expected")]
    [InlineData("a/b 0123456789abcdef", "Line 1 of FILE is no tenant")]
    [InlineData("a 0123456789abcdef\na 0123456789abcdeg", "Line 2 of FILE has a name or a key that came before.")]
    [InlineData("a 0123456789abcdef\nb 0123456789abcdef", "Line 2 of FILE has a name or a key that came before.")]
    [InlineData("# nobody", "FILE has no tenant")]
    public void Keys_that_cannot_be_used_are_refused(string text, string message)
    {
        string keys = Path.Combine(_folder, "keys");
        File.WriteAllText(keys, text);
        Assert.Contains(message.Replace("FILE", keys, StringComparison.Ordinal), Assert.Throws<UnusableException>(() => Tenants.Of(keys)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_other_sites_and_other_names_of_this_machine_are_refused_without_keys()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "streams/a/reset") { Headers = { { "Origin", "https://example.com" } } };
        await Refused(await http.SendAsync(foreign), HttpStatusCode.Forbidden, "comes from a page of another site");
        using var image = new HttpRequestMessage(HttpMethod.Get, "streams/a") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        await Refused(await http.SendAsync(image), HttpStatusCode.Forbidden, "comes from a page of another site");
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "streams") { Headers = { { "X-Forwarded-For", "192.0.2.1" } } };
        await Refused(await http.SendAsync(proxied), HttpStatusCode.Forbidden, "not through a proxy");
        using var renamed = new HttpRequestMessage(HttpMethod.Get, "streams") { Headers = { Host = "example.com" } };
        await Refused(await http.SendAsync(renamed), HttpStatusCode.Forbidden, "Without keys this server answers this machine only");
    }

    [Fact]
    public async Task Bad_requests_say_what_is_wrong()
    {
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        using HttpResponseMessage gap = await Push(http, "a", 5, [1]);
        Assert.Equal(0, (await gap.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expected").GetInt64());
        await Refused(gap, HttpStatusCode.Conflict, "send them from 0 on");
        await Refused(await Push(http, "a", 0, []), HttpStatusCode.BadRequest, "0 numbers are no batch");
        await Refused(await Push(http, "a", 0, new float[257]), HttpStatusCode.BadRequest, "The batch has 257 samples; 256 are the limit.");
        await Refused(await http.GetAsync(new Uri("streams/a/nothing", UriKind.Relative)), HttpStatusCode.NotFound, "");
        await Refused(await http.DeleteAsync(new Uri("streams/a", UriKind.Relative)), HttpStatusCode.MethodNotAllowed, "");
        await Refused(await Text(http, "streams/a/samples?model=none", "{\"first\":0,\"samples\":[1]}"), HttpStatusCode.BadRequest, "There is no model \"none\"; there are digits, deep.");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0,\"samples\":[1,"), HttpStatusCode.BadRequest, "The request cannot be read");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0,\"samples\":[\"1\"]}"), HttpStatusCode.BadRequest, "$.samples[0]");
        await Refused(await Text(http, "streams/a/samples", "{\"samples\":[1]}"), HttpStatusCode.BadRequest, "The request has no number of the first sample (first).");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0}"), HttpStatusCode.BadRequest, "The request has no samples.");
        await Refused(await Text(http, "streams/a/samples", "null"), HttpStatusCode.BadRequest, "The request is null");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0,\"samples\":[1e39]}"), HttpStatusCode.BadRequest, "");
        await Refused(await Text(http, "streams/a/samples", "{}", "text/plain"), HttpStatusCode.UnsupportedMediaType, "application/json");
        await Refused(await Text(http, "streams/a/samples?first=0", "abc", "application/octet-stream"), HttpStatusCode.BadRequest, "3 bytes, which are no whole number of floats");
        await Refused(await Text(http, "streams/a/samples", new string(' ', 1 << 21)), HttpStatusCode.RequestEntityTooLarge, "");
        await Refused(await http.GetAsync(new Uri("streams/a/events?ring=64", UriKind.Relative)), HttpStatusCode.BadRequest, "channels are numbered from 0 to 63");
        await Refused(await http.GetAsync(new Uri("streams/a/events?from=-1", UriKind.Relative)), HttpStatusCode.BadRequest, "samples are numbered from 0");
        await Refused(await http.GetAsync(new Uri("streams/" + new string('n', 300), UriKind.Relative)), HttpStatusCode.BadRequest, "at most 100 characters");
        await Refused(await http.GetAsync(new Uri("streams/a%2Fb", UriKind.Relative)), HttpStatusCode.BadRequest, "no slash");
        await Refused(await http.GetAsync(new Uri("streams/a?from=x", UriKind.Relative)), HttpStatusCode.BadRequest, "from");
        await Refused(await Text(http, "streams/a/samples?epoch=9", "{\"first\":0,\"samples\":[1]}"), HttpStatusCode.BadRequest, "in the object, not in the address");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0,\"samples\":[1],\"epohc\":9}"), HttpStatusCode.BadRequest, "epohc");
        await Refused(await Text(http, "streams/a/samples", "{\"first\":0,\"first\":0,\"samples\":[1]}"), HttpStatusCode.BadRequest, "first");
    }

    /// <summary>Ten thousand requests of all sorts: none makes the server fail, and none that is refused touches a stream.</summary>
    [Fact]
    public async Task Requests_of_all_sorts_do_no_harm()
    {
        const int Requests = 10_000, Known = 2000;
        await using WebApplication app = await Start();
        using HttpClient http = Client(app);
        var random = new Random(17);
        float[] samples = [.. Enumerable.Range(0, Known).Select(_ => (float)random.Next(256))], expected = StreamClient.Expected(samples);
        int position = 0, refused = 0;
        JsonElement before = await Rows();
        for (int i = 0; i < Requests; i++)
        {
            int first = position + random.Next(-12, 4), count = random.Next(0, 12);
            bool isRight = position + 30 < Known && random.Next(3) == 0;
            if (isRight)
            {
                (first, count) = (position, random.Next(1, 12));
            }

            using HttpRequestMessage request = isRight ? Batch(first, samples[first..(first + count)]) : Strange(first, count);
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True((int)answer.StatusCode < 500, $"{request}: {answer.StatusCode}");
            if (answer.IsSuccessStatusCode && request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/streams/a/samples")
            {
                float[] outputs = Numbers(await answer.Content.ReadFromJsonAsync<JsonElement>(), "outputs");
                Assert.Equal(expected.Skip(first * Width).Take(outputs.Length), outputs);
                position = Math.Max(position, first + (outputs.Length / Width));
                before = await Rows();
            }
            else if (!answer.IsSuccessStatusCode && ++refused % 20 == 0)
            {
                Assert.Equal(before.GetRawText(), (await Rows()).GetRawText());
            }
        }

        Assert.Equal(before.GetRawText(), (await Rows()).GetRawText());
        Assert.InRange(position, Known - 100, Known);
        Assert.InRange(refused, Requests / 4, Requests);

        Task<JsonElement> Rows() => http.GetFromJsonAsync<JsonElement>("streams/a");

        HttpRequestMessage Strange(int first, int count)
        {
            // Numbers that are right for the stream, as far as there are any, or others; cut, damaged or sent to somewhere else.
            float[] batch = [.. Enumerable.Range(first, count).Select(n => n >= 0 && n < position ? samples[n] : -1)];
            string text = Json(first, batch);
            char Any() => (char)random.Next(1, 0x250);
            string Name() => Uri.EscapeDataString(new string([.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => Any())]));
            string path = random.Next(4) > 0 ? "streams/a/samples" : random.Next(5) switch
            {
                0 => $"streams/{Name()}/samples",
                1 => $"streams/a/samples?model={Name()}",
                2 => $"{Name()}/{Name()}",
                3 => $"streams/{Name()}?from={Name()}",
                _ => $"streams/a?from={random.NextInt64(long.MinValue, long.MaxValue)}",
            };
            switch (random.Next(6))
            {
                case 0:
                    text = text[..random.Next(text.Length)];
                    break;
                case 1:
                    text = text.Remove(random.Next(text.Length), 1).Insert(random.Next(text.Length - 1), Any().ToString());
                    text = JsonOrNot(text, first, batch);
                    break;
                case 2:
                    text = $"{{\"first\":{random.NextInt64(long.MinValue, long.MaxValue)},\"samples\":[{string.Join(',', batch)}]}}";
                    break;
                case 3:
                    text = $"{{\"first\":{first},\"epoch\":{random.Next(1, 9)},\"samples\":[{string.Join(',', batch)}]}}";
                    break;
                default:
                    batch = [.. batch.Select(_ => -2f)];
                    text = Json(first + (first < position ? 0 : 1), batch);
                    break;
            }

            HttpMethod method = random.Next(8) switch { 0 => HttpMethod.Get, 1 => HttpMethod.Put, 2 => HttpMethod.Delete, _ => HttpMethod.Post };
            string type = random.Next(10) switch { 0 => "text/plain", 1 => "application/octet-stream", _ => "application/json" };
            return new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(text, Encoding.UTF8, type) };
        }

        // A damaged text that is a batch all the same is one with other numbers: it would be right for the stream, and not what is expected.
        static string JsonOrNot(string text, int first, float[] batch)
        {
            try
            {
                JsonElement.Parse(text);
                return Json(first + 1_000_000, batch);
            }
            catch (JsonException)
            {
                return text;
            }
        }
    }

    private static string Json(long first, float[] samples) => $"{{\"first\":{first},\"samples\":[{string.Join(',', samples)}]}}";

    private static HttpRequestMessage Batch(long first, float[] samples) =>
        new(HttpMethod.Post, new Uri("streams/a/samples", UriKind.Relative)) { Content = new StringContent(Json(first, samples), Encoding.UTF8, "application/json") };

    private static float[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];

    private static Task<HttpResponseMessage> Push(HttpClient http, string stream, long first, float[] samples, long? epoch = null, string path = "streams") =>
        http.PostAsJsonAsync($"{path}/{stream}/samples", new { first, samples, epoch });

    private static async Task<HttpResponseMessage> Text(HttpClient http, string path, string text, string type = "application/json")
    {
        // What is too long is refused before it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(text, Encoding.UTF8, type), Headers = { ExpectContinue = true } };
        return await http.SendAsync(request);
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string text)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, body), (answer.StatusCode, body));
        Assert.Contains(text, JsonElement.Parse(body).TryGetProperty("detail", out JsonElement detail) ? detail.GetString()! : "", StringComparison.Ordinal);
        answer.Dispose();
    }

    private static HttpClient Client(WebApplication app, string? key = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/") };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private async Task<WebApplication> Start(string? keys = null)
    {
        WebApplication app = StreamServer.Build(new ServerOptions { Urls = ["http://127.0.0.1:0"], Folder = Path.Combine(_folder, "states"), Keys = keys, Play = 0 });
        await app.StartAsync();
        return app;
    }
}
