// That it could be registered is all it is for.
