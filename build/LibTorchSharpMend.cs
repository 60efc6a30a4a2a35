#nullable enable
#pragma warning disable IDE0005 // MSBuild compiles this file without the implicit usings that the tests have
using System;
using System.IO;
using System.Text;

namespace DataCentric.Build;

/// <summary>
/// Makes TorchSharp's Linux library loadable where libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04). The library needs
/// version GLIBCXX_3.4.32 for one symbol, std::ios_base_library_init(), which does nothing once libstdc++ is initialised, and
/// libtorch's own static initialisers have done that. The mend (1) marks the version need weak, so the loader accepts an older
/// libstdc++, and (2) points the one undefined symbol at c10::GradMode::is_enabled(), a call without arguments or side effects that
/// the library imports anyway. Harmless on newer systems. Layouts: ELF gABI 4.1; symbol versions: LSB 5.0, chapter 10.7.
/// </summary>
public sealed class ElfLibrary
{
    private const string Unwanted = "_ZSt21ios_base_library_initv";
    private const string StandIn = "_ZN3c108GradMode10is_enabledEv";
    private const string Version = "GLIBCXX_3.4.32";
    private const int LoadSegment = 1, DynamicSegment = 2, ProgramHeaderSize = 56, SymbolSize = 24, WeakFlag = 2;
    private const long StringTable = 5, SymbolTable = 6, GnuHash = 0x6ffffef5, VersionOfSymbol = 0x6ffffff0, VersionNeeds = 0x6ffffffe;

    private readonly byte[] _bytes;
    private readonly int _strings, _symbols, _versions, _needs, _undefinedEnd;

    private ElfLibrary(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || Int32(0) != 0x464C457F || bytes[4] != 2 || bytes[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        _strings = Dynamic(StringTable);
        _symbols = Dynamic(SymbolTable);
        _versions = Dynamic(VersionOfSymbol);
        _needs = Dynamic(VersionNeeds);
        _undefinedEnd = Int32(Dynamic(GnuHash) + 4); // undefined symbols come before the first hashed one
    }

    /// <summary>Mends a copy of the library.</summary>
    /// <param name="library">Bytes of libLibTorchSharp.so; left as they are.</param>
    /// <returns>The mended bytes, or the same array when it needs no mend.</returns>
    /// <exception cref="InvalidDataException">Not an ELF library, or not one that this mend was made for.</exception>
    public static byte[] Mend(byte[] library)
    {
        var elf = new ElfLibrary((byte[])library.Clone());
        var need = elf.FindNeed();
        return need != 0 && elf.Weaken(need) | elf.Redirect(elf.UInt16(need + 6)) ? elf._bytes : library;
    }

    // Elfxx_Vernaux: hash 4, flags 2, other 2, name 4, next 4. Elfxx_Verneed: version 2, count 2, file 4, aux 4, next 4.
    private int FindNeed()
    {
        for (int need = _needs, next; ; need += next)
        {
            var auxiliary = need + Int32(need + 8);
            for (var left = UInt16(need + 2); left > 0; left--, auxiliary += Int32(auxiliary + 12))
            {
                if (Text(Int32(auxiliary + 8)) == Version)
                    return auxiliary;
            }

            if ((next = Int32(need + 12)) == 0)
                return 0;
        }
    }

    private bool Weaken(int need)
    {
        var weak = (_bytes[need + 4] & WeakFlag) != 0;
        _bytes[need + 4] |= WeakFlag;
        return !weak;
    }

    // Elf64_Sym: name 4, info 1, other 1, section 2, value 8, size 8.
    private bool Redirect(int version)
    {
        int unwanted = 0, standIn = 0;
        for (var i = 1; i < _undefinedEnd; i++)
        {
            var name = Text(Int32(_symbols + (i * SymbolSize)));
            if (name == StandIn)
                standIn = i;
            if (UInt16(_versions + (2 * i)) != version)
                continue;
            unwanted = name == Unwanted ? i : throw new InvalidDataException($"{name} needs {Version} too; TorchSharp has changed");
        }

        if (unwanted == 0)
            return false;
        if (standIn == 0)
            throw new InvalidDataException($"{StandIn} is not imported; TorchSharp has changed");
        Array.Copy(_bytes, _symbols + (standIn * SymbolSize), _bytes, _symbols + (unwanted * SymbolSize), 4);
        Array.Copy(_bytes, _versions + (2 * standIn), _bytes, _versions + (2 * unwanted), 2);
        return true;
    }

    // Elf64_Dyn: tag 8, value 8. Elf64_Phdr: type 4, flags 4, offset 8, address 8, physical 8, file size 8, ...
    private int Dynamic(long tag)
    {
        var segment = Segment(header => Int32(header) == DynamicSegment);
        var start = (int)Int64(segment + 8);
        for (var entry = start; entry < start + Int64(segment + 32); entry += 16)
        {
            if (Int64(entry) == tag)
                return FileOffset(Int64(entry + 8));
        }

        throw new InvalidDataException($"no dynamic entry 0x{tag:x}");
    }

    private int FileOffset(long address)
    {
        var segment = Segment(header => Int32(header) == LoadSegment && address >= Int64(header + 16)
            && address < Int64(header + 16) + Int64(header + 32));
        return (int)(address - Int64(segment + 16) + Int64(segment + 8));
    }

    private int Segment(Func<int, bool> wanted)
    {
        var header = (int)Int64(32);
        for (var left = UInt16(56); left > 0; left--, header += ProgramHeaderSize)
        {
            if (wanted(header))
                return header;
        }

        throw new InvalidDataException("a program header is missing");
    }

    private string Text(int name)
    {
        var start = _strings + name;
        return Encoding.ASCII.GetString(_bytes, start, Array.IndexOf(_bytes, (byte)0, start) - start);
    }

    private int UInt16(int at) => BitConverter.ToUInt16(_bytes, at);

    private int Int32(int at) => BitConverter.ToInt32(_bytes, at);

    private long Int64(int at) => BitConverter.ToInt64(_bytes, at);
}

#if !WITHOUT_MSBUILD // the tests compile the class above without MSBuild's assemblies
/// <summary>The build task of TorchSharpNative.targets: writes a mended copy and leaves the source alone.</summary>
public sealed class MendLibTorchSharp : Microsoft.Build.Utilities.Task
{
    /// <summary>Path of libLibTorchSharp.so in the package.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>Path of the copy to write.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
            var original = File.ReadAllBytes(Source);
            var mended = ElfLibrary.Mend(original);
            File.WriteAllBytes(Destination, mended);
            if (mended != original)
                Log.LogMessage(Microsoft.Build.Framework.MessageImportance.High, "TorchSharp's Linux library no longer insists on GLIBCXX_3.4.32: " + Destination);
        }
        catch (InvalidDataException broken)
        {
            Log.LogError($"{Source} cannot be made to load with an older libstdc++: {broken.Message}.");
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
