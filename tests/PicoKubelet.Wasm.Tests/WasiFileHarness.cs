using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>A module that has WASI's functions for files as exports, over a host that has two folders.</summary>
internal sealed class WasiFileHarness
{
    public const long Reading = 2;
    public const int Path = 1024;
    public const int Result = 512;
    public const int Vectors = 256;
    public const int Target = 2048;

    public MemoryFiles Files { get; } = new MemoryFiles();

    public WasiPreview1 Wasi { get; }

    public WasmInstance Instance { get; }

    public WasiFileHarness()
    {
        var limits = new WasmLimits();
        Wasi = new WasiPreview1(Files, null, null, Files);
        Instance = new WasmInstance(WasmLoader.Load(TestModules.FilesBytes(), limits), Wasi, limits);
    }

    public int Call(string function, params long[] arguments)
    {
        return TestModules.Result(Instance, function, arguments);
    }

    public int Open(int descriptor, string path, int flags = 0, long rights = Reading)
    {
        return Call("path_open", descriptor, 0, Path, Write(path), flags, rights, 0, 0, Result);
    }

    public int Write(string path)
    {
        var bytes = MemoryFiles.BytesOf(path);
        Instance.Memory.Write(Path, bytes, 0, bytes.Length);
        return bytes.Length;
    }

    public void SetVector(int index, int address, int length)
    {
        Instance.Memory.WriteInt32(Vectors + index * 8, address);
        Instance.Memory.WriteInt32(Vectors + index * 8 + 4, length);
    }

    /// <summary>Reads into three pieces, which lie one behind the other.</summary>
    public string Read(int descriptor, int first, int second, int third)
    {
        SetVector(0, Target, first);
        SetVector(1, Target + first, second);
        SetVector(2, Target + first + second, third);
        Assert.AreEqual(0, Call("fd_read", descriptor, Vectors, 3, Result));
        return Text(Target, Instance.Memory.ReadInt32(Result));
    }

    public string Text(int address, int length)
    {
        var bytes = new byte[length];
        Instance.Memory.Read(address, bytes, 0, length);
        return MemoryFiles.TextOf(bytes, 0, length);
    }
}
