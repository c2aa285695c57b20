namespace Entente.Node.Features.Carrier;

/// <summary>Why a carrier file was not written, or not read to its end. What was taken before it stays taken.</summary>
/// <param name="Code">For scripts.</param>
/// <param name="Words">For whoever stands there with the medium in hand.</param>
internal abstract record CarrierFault(string Code, string Words);

internal sealed record NoActiveLink(string Partner)
    : CarrierFault("no-link", $"There is no active link with {Partner}.");

internal sealed record Recovering(string Partner)
    : CarrierFault(
        "recovering",
        $"This node was restored and asks {Partner} what it forgot; until it knows, it seals nothing for it and takes "
            + $"nothing from it. Without a wire, ask by hand: entente carry ask {Partner} FILE"
    );

internal sealed record QuestionNotTaken()
    : CarrierFault("question", "The question is not one that this partner signed for this node.");

internal sealed record DeclarationNotTaken()
    : CarrierFault(
        "restoration",
        "The declaration is not this partner's about the last ledger of its that was seen here."
    );

internal sealed record NotRecovered(string Reason)
    : CarrierFault(
        Reason,
        $"Not everything came back ({Reason}). What did is kept. Ask again with a new question; docs/operator says what "
            + "the reasons mean."
    );

internal sealed record NotACarrierFile(string Detail)
    : CarrierFault("not-a-carrier", $"This is not a carrier file: {Detail}");

internal sealed record ForAnotherNode(string To)
    : CarrierFault("wrong-recipient", $"This file is for {To}, not for this node.");

internal sealed record Damaged(long Line, string Detail)
    : CarrierFault("damaged", $"Line {Line} is damaged: {Detail} Copy the file again and import it again.");

internal sealed record CutShort(long Lines, long Expected)
    : CarrierFault(
        "cut-short",
        $"The file ends after {Lines} of {Expected} lines. Copy it again and import it again: it goes on from here."
    );

internal sealed record EarlierMissing(long Expected)
    : CarrierFault(
        "gap",
        $"Messages before these are missing here: the next one expected is {Expected}. Import the earlier file first."
    );

internal sealed record FilesLacking(int Count)
    : CarrierFault("attachments-missing", $"{Count} attachments of the next envelope are not complete in this file.");

internal sealed record QuotaFilled()
    : CarrierFault("quota", "Files of this partner that no message names fill the place kept for them here.");

internal sealed record Forked()
    : CarrierFault("fork", "Another envelope was taken in this place before: the link is stopped, see the alarms.");

internal sealed record EnvelopeNotTaken(long Line, string Reason, string Detail)
    : CarrierFault(Reason, $"The envelope in line {Line} was refused ({Reason}): {Detail}");

internal sealed record ReceiptNotTaken(long Line, string Detail)
    : CarrierFault("receipt", $"The receipt in line {Line} does not hold: {Detail}");
