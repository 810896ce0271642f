namespace Kera.Base.Ui;

/// <summary>What a figure rests on, from the surest.</summary>
public enum Quality
{
    /// <summary>Read from a meter, or counted.</summary>
    Measured,

    /// <summary>Printed in a source.</summary>
    Printed,

    /// <summary>Derived by a stated formula.</summary>
    Estimated,

    /// <summary>Made up for a demonstration.</summary>
    Synthetic,
}
