using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OperatorGen.Streams;
using Orleans.Runtime;
using StackExchange.Redis;

namespace StreamHost;

/// <summary>What becomes of a failed request: a status, and a problem (RFC 9457) that says what was found and what to do.</summary>
internal static partial class Problems
{
    private const string SendAgain = "Nothing of this request is acknowledged: send it again.";

    /// <summary>Answers a request whose handler failed.</summary>
    public static async Task Guard(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            if (fault is StreamStoreException or not (StreamException or BadHttpRequestException))
            {
                LogFailure(log, context.Request.Path, fault);
            }

            await Of(fault, context.Response).ExecuteAsync(context);
        }
    }

    /// <summary>An answer with a status.</summary>
    public static IResult With(int status, string detail, params (string Name, object Value)[] more)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object value) in more)
        {
            extensions[name] = value;
        }

        return Results.Problem(detail, statusCode: status, extensions: extensions);
    }

    private static IResult Of(Exception fault, HttpResponse response)
    {
        switch (fault)
        {
            case StreamGapException gap:
                return With(StatusCodes.Status409Conflict, gap.Message, ("expected", gap.Expected));
            case StreamEpochException epoch:
                return With(StatusCodes.Status409Conflict, epoch.Message, ("epoch", epoch.Epoch));
            case StreamStoreException:
                // Its reason names files and servers: it is for the log.
                return Later(response, $"The store of states fails. {SendAgain}");
            case StreamBusyException or StreamVersionException:
                return Later(response, fault.Message);
            case StreamException:
                return With(StatusCodes.Status400BadRequest, fault.Message);
            case BadHttpRequestException bad:
                return With(bad.StatusCode, bad.Message);
            case OrleansException or TimeoutException or OperationCanceledException or IOException or RedisException:
                // A silo that is away, or a time that ran out: the grain is brought back elsewhere.
                return Later(response, $"The stream cannot be reached at the moment. {SendAgain}");
            default:
                return With(StatusCodes.Status500InternalServerError, $"The server has a fault, which is in its log. {SendAgain}");
        }
    }

    private static IResult Later(HttpResponse response, string detail)
    {
        response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return With(StatusCodes.Status503ServiceUnavailable, detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The request of {path} failed.")]
    private static partial void LogFailure(ILogger log, PathString path, Exception fault);
}
