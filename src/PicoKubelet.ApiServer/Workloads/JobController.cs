using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Runs a Job's pods until enough have succeeded, or too many failed, or its time is over. Source: pkg/controller/job.</summary>
internal sealed class JobController(WorkloadTools tools) : WorkloadController(tools, ResourceCatalog.Jobs, ResourceCatalog.Pods)
{
    private const string Component = "job-controller";

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override void Sync(StoredObject item)
    {
        if (EndOf(item) is { } end)
        {
            Expire(item, end);
            return;
        }
        var count = Count(item);
        var suspended = item.Document.IsTrue("spec", "suspend");
        if (!suspended && FailureOf(item, count) is var (reason, message))
        {
            count.Active.ForEach(Tools.Delete);
            Finish(item, count, "Failed", reason, message);
        }
        else if (!suspended && IsComplete(item, count))
        {
            Finish(item, count, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
        }
        else
        {
            Manage(item, count, suspended);
            Report(item, Count(item), suspended);
        }
    }

    private JobCount Count(StoredObject item)
    {
        var pods = Tools.OwnedBy(item, ResourceCatalog.Pods);
        return new JobCount([.. pods.Where(PodState.IsActive)], pods.Count(PodState.IsSucceeded), pods.Count(PodState.IsFailed), pods);
    }

    private static bool IsComplete(StoredObject item, JobCount count) => item.Document.Number("spec", "completions") is { } wanted
        ? count.Succeeded >= wanted
        : count.Succeeded > 0 && count.Active.Count == 0;

    private (string Reason, string Message)? FailureOf(StoredObject item, JobCount count)
    {
        var limit = item.Document.Number("spec", "backoffLimit") ?? 6;
        var restarts = count.Active.SelectMany(pod => pod.Document.Items("status", "containerStatuses")).Sum(status => status.Number("restartCount") ?? 0);
        var isPast = count.Failed > limit
            || (item.Document.Text("spec", "template", "spec", "restartPolicy") == "OnFailure" && restarts > 0 && restarts >= limit);
        if (isPast)
        {
            return ("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        if (item.Document.Number("spec", "activeDeadlineSeconds") is { } seconds && item.Document.Text("status", "startTime") is { } start)
        {
            var deadline = Times.ParseTime(start).AddSeconds(seconds);
            if (Tools.Now >= deadline)
            {
                return ("DeadlineExceeded", "Job was active longer than specified deadline");
            }
            Again(item, deadline);
        }
        return null;
    }

    private void Manage(StoredObject item, JobCount count, bool suspended)
    {
        var parallelism = suspended ? 0 : item.Document.Number("spec", "parallelism") ?? 1;
        var open = item.Document.Number("spec", "completions") is { } completions
            ? completions - count.Succeeded
            : count.Succeeded > 0 ? count.Active.Count : parallelism;
        var missing = Math.Min(parallelism, open) - count.Active.Count;
        foreach (var pod in PodState.LeastMissedFirst(count.Active).Take((int)Math.Max(0, -missing)))
        {
            Tools.DeletePod(item, Component, pod);
        }
        if (missing > 0 && count.NextTry(FirstBackoff, LongestBackoff) is { } next && next > Tools.Now)
        {
            Again(item, next);
            return;
        }
        CreatePods(item, missing, () => Tools.CreatePod(item, Component, []));
    }

    private void Report(StoredObject item, JobCount count, bool suspended) => Tools.Change(item, document =>
    {
        count.Write(document.Child("status"));
        var status = document.Child("status");
        if (suspended)
        {
            status.Remove("startTime");
            PodConditions.Set(document, "Suspended", "True", Tools.Now, "JobSuspended", "Job suspended");
            return;
        }
        status["startTime"] ??= Times.Format(Tools.Now);
        if (PodConditions.Find(document, "Suspended") is not null)
        {
            PodConditions.Set(document, "Suspended", "False", Tools.Now, "JobResumed", "Job resumed");
        }
        if (document.Number("spec", "activeDeadlineSeconds") is { } seconds)
        {
            Again(item, Times.ParseTime(status.Text("startTime")!).AddSeconds(seconds));
        }
    });

    private void Finish(StoredObject item, JobCount count, string condition, string reason, string message)
    {
        Tools.Change(item, document =>
        {
            var status = document.Child("status");
            count.Write(status);
            status.Remove("active");
            status.Remove("ready");
            status["startTime"] ??= Times.Format(Tools.Now);
            if (condition == "Complete")
            {
                status["completionTime"] = Times.Format(Tools.Now);
            }
            PodConditions.Set(document, condition, "True", Tools.Now, reason, message)["lastProbeTime"] = Times.Format(Tools.Now);
        });
        var isDone = condition == "Complete";
        Tools.Tell(item, Component, isDone ? "Normal" : "Warning", isDone ? "Completed" : reason, isDone ? "Job completed" : message);
    }

    private static DateTimeOffset? EndOf(StoredObject item)
    {
        var end = PodConditions.Find(item.Document, "Complete") ?? PodConditions.Find(item.Document, "Failed");
        return end is null ? null : Times.ParseTime(end.Text("lastTransitionTime")!);
    }

    private void Expire(StoredObject item, DateTimeOffset end)
    {
        if (item.Document.Number("spec", "ttlSecondsAfterFinished") is not { } seconds)
        {
            return;
        }
        if (Tools.Now >= end.AddSeconds(seconds))
        {
            Tools.Delete(item);
            return;
        }
        Again(item, end.AddSeconds(seconds));
    }
}
