using Entente.Node.Guard;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>What an officer says that moves the clock of a request.</summary>
internal enum ClockStep
{
    /// <summary>We are asked, and need something made clear.</summary>
    Ask,

    /// <summary>We asked, and make it clear.</summary>
    Clarify,

    /// <summary>We are asked, and a judge must authorise the answer.</summary>
    Await,

    /// <summary>We are asked, and the judge has decided.</summary>
    Authorised,
}

/// <param name="Request">Id of the request.</param>
/// <param name="Text">The questions, one a line; the explanation; the reason of the delay.</param>
/// <param name="Expected">When the answer is expected.</param>
/// <param name="Granted">Whether the judge authorised it.</param>
internal sealed record ClockDraft(
    string Request,
    ClockStep Step,
    string Text = "",
    DateTimeOffset? Expected = null,
    bool Granted = true
);

/// <summary>A step with what it refers to found, and the guard's decision on it.</summary>
internal sealed record ReviewedStep(
    ClockDraft Draft,
    RequestRow Row,
    Message Request,
    Disclosure Disclosure,
    Decision Decision
);
