using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>Asks the injector about every request.</summary>
internal sealed class FaultMiddleware(FaultInjector faults, RequestDelegate next, TimeProvider time)
{
    public Task HandleAsync(HttpContext context)
    {
        if (!faults.Any)
        {
            return next(context);
        }
        var request = context.Request;
        var action = faults.Find(new FaultRequest(
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            request.Headers.UserAgent.ToString()));
        return action is null ? next(context) : action.Apply(new FaultScene(context, next, time, faults.Released));
    }
}
