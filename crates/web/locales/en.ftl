kit-name = Vivier
