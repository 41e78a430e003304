using System.Reflection;

namespace PicoKubelet.IntegrationTests.Support;

/// <summary>Counts what the firmware holds on to, object by object: unlike the process' heap, which holds the test's own objects too.</summary>
internal static class ObjectGraph
{
    private static readonly string[] _libraries = ["PicoKubelet.Core", "PicoKubelet.Node", "PicoKubelet.Inputs", "PicoKubelet.Pods", "PicoKubelet.Wasm", "PicoKubelet.Firmware"];

    /// <summary>Counts the firmware's objects that can be reached, strings and arrays among them.</summary>
    /// <param name="root">From where.</param>
    /// <returns>How many there are, and the elements of all arrays and the characters of all strings together.</returns>
    public static (int Objects, long Elements) Count(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> left = new([root]);
        long elements = 0;
        while (left.TryPop(out object? one))
        {
            if (!seen.Add(one))
            {
                continue;
            }

            if (one is string text)
            {
                elements += text.Length;
            }
            else if (one is Array array)
            {
                elements += array.Length;
                foreach (object element in array.Cast<object?>().OfType<object>().Where(IsCounted))
                {
                    left.Push(element);
                }
            }
            else
            {
                foreach (object value in FieldsOf(one.GetType()).Select(field => field.GetValue(one)).OfType<object>().Where(IsCounted))
                {
                    left.Push(value);
                }
            }
        }

        return (seen.Count, elements);
    }

    private static bool IsCounted(object value)
    {
        return value is string or Array || _libraries.Contains(value.GetType().Assembly.GetName().Name);
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? part = type; part is not null; part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsValueType)
                {
                    yield return field;
                }
            }
        }
    }
}
