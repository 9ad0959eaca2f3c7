export const models = {
    id: "fireworks-ai",
    models: {},
};
export default models;
