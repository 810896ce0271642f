using System.Runtime.InteropServices;

namespace Kera.Energy;

/// <summary>The functions of the native HiGHS library (version 1.12) that are used here, as its C header has them.</summary>
internal static unsafe partial class HighsLibrary
{
    private const string Name = "highs";

    [LibraryImport(Name, EntryPoint = "Highs_create")]
    internal static partial nint Create();

    [LibraryImport(Name, EntryPoint = "Highs_destroy")]
    internal static partial void Destroy(nint highs);

    [LibraryImport(Name, EntryPoint = "Highs_version")]
    internal static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "Highs_setBoolOptionValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetBool(nint highs, string option, int value);

    [LibraryImport(Name, EntryPoint = "Highs_setIntOptionValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetInt(nint highs, string option, int value);

    [LibraryImport(Name, EntryPoint = "Highs_setDoubleOptionValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetDouble(nint highs, string option, double value);

    [LibraryImport(Name, EntryPoint = "Highs_setStringOptionValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetString(nint highs, string option, string value);

    [LibraryImport(Name, EntryPoint = "Highs_passModel")]
    internal static partial int PassModel(
        nint highs, int columns, int rows, int entries, int hessian, int format, int hessianFormat, int sense, double offset,
        double* costs, double* lower, double* upper, double* rowLower, double* rowUpper,
        int* starts, int* indexes, double* values, int* hessianStarts, int* hessianIndexes, double* hessianValues, int* whole);

    [LibraryImport(Name, EntryPoint = "Highs_setBasis")]
    internal static partial int SetBasis(nint highs, int* columns, int* rows);

    [LibraryImport(Name, EntryPoint = "Highs_getBasis")]
    internal static partial int GetBasis(nint highs, int* columns, int* rows);

    [LibraryImport(Name, EntryPoint = "Highs_setSolution")]
    internal static partial int SetSolution(nint highs, double* columns, double* rows, double* reduced, double* duals);

    [LibraryImport(Name, EntryPoint = "Highs_setCallback")]
    internal static partial int SetCallback(nint highs, delegate* unmanaged[Cdecl]<int, byte*, void*, int*, void*, void> callback, void* data);

    [LibraryImport(Name, EntryPoint = "Highs_startCallback")]
    internal static partial int StartCallback(nint highs, int kind);

    [LibraryImport(Name, EntryPoint = "Highs_getCallbackDataOutItem", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial double* CallbackItem(void* given, string item);

    [LibraryImport(Name, EntryPoint = "Highs_run")]
    internal static partial int Run(nint highs);

    [LibraryImport(Name, EntryPoint = "Highs_getModelStatus")]
    internal static partial int ModelStatus(nint highs);

    [LibraryImport(Name, EntryPoint = "Highs_getSolution")]
    internal static partial int GetSolution(nint highs, double* columns, double* reduced, double* rows, double* duals);

    [LibraryImport(Name, EntryPoint = "Highs_getRunTime")]
    internal static partial double RunTime(nint highs);

    [LibraryImport(Name, EntryPoint = "Highs_getDoubleInfoValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GetDoubleInfo(nint highs, string info, double* value);

    [LibraryImport(Name, EntryPoint = "Highs_getIntInfoValue", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GetIntInfo(nint highs, string info, int* value);
}
