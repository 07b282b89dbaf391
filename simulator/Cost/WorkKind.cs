namespace EdgeBroker.Simulator.Cost;

/// <summary>What code does, in the kinds whose times differ on the device's interpreter.</summary>
public enum WorkKind
{
    /// <summary>An IL instruction, whatever it is; the others come on top.</summary>
    Instruction,

    /// <summary>An instance field is read or written.</summary>
    Field,

    /// <summary>A static field is read or written.</summary>
    StaticField,

    /// <summary>An element of an array is read or written.</summary>
    Element,

    /// <summary>A method is called that is neither virtual nor native.</summary>
    Call,

    /// <summary>A method or delegate is called that is looked up at run time.</summary>
    VirtualCall,

    /// <summary>A method of an interface is called.</summary>
    InterfaceCall,

    /// <summary>A method is called that the device's runtime implements itself.</summary>
    NativeCall,

    /// <summary>An object is made.</summary>
    NewObject,

    /// <summary>An array is made, or an object that a native method returns.</summary>
    NewArray,
}
