export const models = {
    id: "anthropic",
    models: {},
};
export default models;
