namespace DataCentric.Pipeline.Starts;

/// <summary>What a host knows of a run.</summary>
public enum RunState
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It waits or works.</summary>
    Running,

    /// <summary>It ended, well or not.</summary>
    Ended,
}

/// <summary>What to do with a request to start a run.</summary>
public enum StartDecision
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>Refuse: it is running (HTTP 409).</summary>
    Refuse,

    /// <summary>Do nothing: it was started for this very upload.</summary>
    Ignore,
}

/// <summary>Whether a run is started. One run id has one orchestration at a time.</summary>
public static class StartRules
{
    /// <summary>For a user's request: a run that ended may be started again; what it finished is found and not made twice.</summary>
    /// <param name="state">What is known of the run.</param>
    public static StartDecision ForUser(RunState state) => state == RunState.Running ? StartDecision.Refuse : StartDecision.Start;

    /// <summary>
    /// For an upload, whose event may come more than once: the run id names this very upload (its ETag), so that any run of it, also a
    /// failed one, is the answer to it.
    /// </summary>
    /// <param name="state">What is known of the run.</param>
    public static StartDecision ForUpload(RunState state) => state == RunState.Unknown ? StartDecision.Start : StartDecision.Ignore;
}
