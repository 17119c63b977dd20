using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OperatorGen.Streams;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;

namespace StreamHost;

/// <summary>The server: a silo with the streams, and the addresses for them, in one process.</summary>
internal static class StreamServer
{
    private const string Cluster = "operatorgen-streams";
    private const int GreatestBody = 1 << 20;

    /// <summary>A server that is not started.</summary>
    /// <exception cref="UnusableException">It would be reached from elsewhere and has no keys, or the keys cannot be used.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        if (!options.IsLoopback && options.Keys is null)
        {
            throw new UnusableException($"{string.Join(", ", options.Urls)} can be reached from other machines: give keys (--keys FILE), or listen on this machine only (--urls http://127.0.0.1:5080).");
        }

        if (options.SiloPort == 0)
        {
            options = options with { SiloPort = FreePort() };
        }
        else if (Answers(options.SiloAddress, options.SiloPort))
        {
            throw new UnusableException($"Another program listens on {options.SiloAddress}:{options.SiloPort}: each silo needs a port of its own (--silo-port).");
        }

        Tenants tenants = options.Keys is { } keys ? Tenants.Of(keys) : Tenants.WithoutKeys;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(StreamServer).Assembly.GetName().Name });
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = GreatestBody);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None) // a start that fails is said in one line
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error); // it warns at the start of a check that has not been made yet
        builder.Services.AddSingleton(options).AddSingleton(tenants).AddSingleton<StreamList>();
        builder.Services.AddHealthChecks().AddModelStreams();
        builder.Services.AddProblemDetails();

        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that it is said what is wrong

        // A model may give numbers that are not finite: they go as "NaN" and "Infinity".
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals);
        builder.UseOrleans(silo => Configure(silo, options));
        if (options.Played > 0)
        {
            builder.Services.AddHostedService<DigitPlayer>();
        }

        WebApplication app = builder.Build();
        app.UseStatusCodePages(); // an error without a body gets one
        app.Use(next => context => Problems.Guard(context, next, app.Logger));
        app.Use(next => context => Admit(context, next, tenants));
        app.MapPage();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = (context, report) => context.Response.WriteAsync(string.Join('\n', report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}")) + "\n") });
        app.MapStreams(tenants);
        return app;
    }

    /// <summary>Makes a silo of a builder, as the options say; they have a port for it.</summary>
    public static void Configure(ISiloBuilder silo, ServerOptions options)
    {
        silo.AddModelStreams<float>(ServedModels.AddTo);
        if (options.Store == StoreKind.Redis)
        {
            ConfigurationOptions redis = RedisOf(options.Redis!);
            silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = redis);
            silo.AddRedisGrainStorage(StreamStorage.ProviderName, store =>
            {
                store.ConfigurationOptions = redis;
                store.GrainStorageSerializer = new StreamStateSerializer();
            });
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Cluster, Cluster));
            silo.ConfigureEndpoints(options.SiloAddress, options.SiloPort, gatewayPort: 0, listenOnAnyHostAddress: false);

            // A silo that dies is found out within some seconds: one that gives no answer three times is dead.
            silo.Configure<ClusterMembershipOptions>(membership => (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 3));
            return;
        }

        silo.UseLocalhostClustering(options.SiloPort, gatewayPort: 0, serviceId: Cluster, clusterId: Cluster);
        if (options.Store == StoreKind.Memory)
        {
            silo.AddMemoryGrainStorage(StreamStorage.ProviderName, memory => memory.GrainStorageSerializer = new StreamStateSerializer());
        }
        else
        {
            silo.AddFileGrainStorage(options.Folder);
        }
    }

    private static ConfigurationOptions RedisOf(string text)
    {
        try
        {
            ConfigurationOptions redis = ConfigurationOptions.Parse(text);
            redis.AbortOnConnectFail = false; // Redis may come back
            return redis;
        }
        catch (ArgumentException fault)
        {
            throw new UnusableException($"--redis names no server: {fault.Message} HOST, HOST:PORT or a configuration of StackExchange.Redis is expected.");
        }
    }

    // Without keys only this machine may ask, by its own name, and no page of another site in a browser on it.
    private static Task Admit(HttpContext context, RequestDelegate next, Tenants tenants)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!tenants.HaveKeys && !IsOwn(context))
        {
            return Problems.With(StatusCodes.Status403Forbidden, "Without keys this server answers this machine only, by its own address and not through a proxy.").ExecuteAsync(context);
        }

        if (request.Headers["Sec-Fetch-Site"] == "cross-site" || (request.Headers.Origin.ToString() is { Length: > 0 } origin && (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) || from.Authority != request.Host.Value)))
        {
            return Problems.With(StatusCodes.Status403Forbidden, "The request comes from a page of another site.").ExecuteAsync(context);
        }

        return next(context);
    }

    private static bool IsOwn(HttpContext context) =>
        context.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local)
        && ServerOptions.IsLoopbackHost(context.Request.Host.Host)
        && !context.Request.Headers.ContainsKey("Forwarded") && !context.Request.Headers.ContainsKey("X-Forwarded-For");

    // Orleans shares a port with another silo of this machine, and takes its place.
    private static bool Answers(IPAddress address, int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
