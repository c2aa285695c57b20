namespace Entente.Node.Commands;

/// <summary>What a command's exit says to the script that called it.</summary>
internal static class ExitCode
{
    /// <summary>The command ran, and what it checked or did is not all right.</summary>
    public const int NotAllHeld = 1;

    /// <summary>The command line asks for nothing that can be done (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>The folder holds no node (EX_NOINPUT of sysexits.h).</summary>
    public const int NoNode = 66;

    /// <summary>A fault of the program itself (EX_SOFTWARE).</summary>
    public const int Fault = 70;

    /// <summary>Stopped by Ctrl+C before it was done (128 and the signal, as shells say it).</summary>
    public const int Stopped = 130;
}
