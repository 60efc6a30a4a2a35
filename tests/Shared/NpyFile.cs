namespace DataCentric.Tests;

/// <summary>Makes npy files by the letter of their description, apart from the code under test.</summary>
internal static class NpyFile
{
    /// <summary>Version 1.0, with this text as header.</summary>
    public static byte[] Make(string header, byte[] data)
    {
        byte[] length = [(byte)(header.Length & 0xFF), (byte)(header.Length >> 8)];
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. System.Text.Encoding.ASCII.GetBytes(header), .. data];
    }

    /// <summary>An array in C order.</summary>
    public static byte[] Make(string type, string shape, byte[] data) =>
        Make($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n", data);
}
